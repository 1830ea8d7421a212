"""How comments were coded, as reports print it: by which frame, by whom, and how far two coders agreed."""

from __future__ import annotations

from collections.abc import Iterator

from reports import printed_figures as printed
from reports.report_tables import Heading, Table, table
from reports.statistics.rounding import whole
from reports.survey_figures import SurveyFigures
from reports.tabulation import Coding, Figure
from reports.words import Words


def how_coded(survey: SurveyFigures) -> list[str]:
    """By which frame comments were coded, whether a second person did it too, and how many were passed on."""
    words = survey.words
    told = []
    for one in survey.results.coding:
        name = printed.quoted(words, words.set_apart(one.frame))
        told.append(words("mention_frame", frame=name, version=one.frame_version))
        sample = printed.number(one.sample)
        if sample is None:
            told.append(words("mention_one_coder"))
        else:
            told.append(words("mention_second_coder", n=whole(sample), number=words.number(whole(sample))))
    if survey.results.coding:
        told += _passed_on(words, survey.results.coding[0].passed_on)
    return told


def _passed_on(words: Words, passed_on: Figure) -> Iterator[str]:
    number = printed.number(passed_on)
    if number is None:
        yield words("mention_few_passed_on")
    elif number:
        yield words("mention_passed_on", n=whole(number), number=words.number(whole(number)))


def agreements(survey: SurveyFigures) -> list[Table]:
    """How far two coders agreed on each code, a table for each frame of which a sample was coded twice."""
    return [_agreement(survey.words, one) for one in survey.results.coding if one.agreement]


def _agreement(words: Words, coding: Coding[Figure]) -> Table:
    rows = [
        (
            Heading(words.set_apart(one.name)),
            [
                _percentage(words, one.percent),
                _decimal(words, one.kappa),
                _decimal(words, one.standard_error),
                words(f"mention_worth_{one.verdict.replace(' ', '_')}"),
            ],
        )
        for one in coding.agreement
    ]
    heads = [
        words("mention_point"),
        words(
            "mention_agreed",
            n=int(printed.number(coding.sample) or 0),
            number=printed.count(words, coding.sample),
        ),
        words("mention_kappa"),
        words("mention_kappa_error"),
        words("mention_worth"),
    ]
    frame = printed.quoted(words, words.set_apart(coding.frame))
    return table(words, words("mention_agreement", frame=frame), heads, rows)


def _percentage(words: Words, figure: Figure) -> str:
    value = printed.number(figure)
    return printed.hidden(words, figure) if value is None else printed.percentage(words, value)


def _decimal(words: Words, figure: Figure | None) -> str:
    value = printed.number(figure)
    return printed.hidden(words, figure) if value is None else words("table_signed", number=f"{value:.2f}")
