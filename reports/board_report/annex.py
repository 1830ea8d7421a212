"""The annex: questions as asked in each language, all answers, weighted figures, method and provenance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reports import printed_figures as printed
from reports.answer_tables import answers
from reports.board_report.comments import raised_in_full
from reports.board_report.shares import share_of
from reports.method import printed_method
from reports.printed_coding import agreements
from reports.printed_quotes import quote_counts
from reports.provenance import statements
from reports.report_tables import Heading, Table, table
from reports.sentences.missing import characteristic
from reports.survey_figures import SurveyFigures
from reports.tabulation import Estimate, Figure, WeightedShare
from reports.thin_tables import Tables, who_answered_in_full, with_figures
from reports.why_not_weighted import why_not_weighted
from reports.words import Words, language_name
from surveys.question_bank import equality_questionnaire
from surveys.questionnaire import LongTextQuestion, Questionnaire, Statement, Text, TextQuestion

_MEASURES = {"chosen": "table_chose_it", "percent_positive": "table_call_it_important", "score_0_10": "weighted_score"}


@dataclass(frozen=True, slots=True)
class AskedTheme:
    """A theme as people read it. ``origin`` says where it comes from, which only reports say; empty where unknown."""

    title: str
    explanation: str
    origin: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as people read it."""

    text: str
    hint: str
    answers: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The questionnaire in one of the languages that it was published in, with what was asked after sending."""

    tag: str
    direction: str
    name: str
    themes: tuple[AskedTheme, ...]
    questions: tuple[Asked, ...]
    about_people: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class WeightedAnnex:
    """Why the headline is not weighted, what the weights are worth, and the figures; no table where unusable."""

    sentences: tuple[str, ...]
    table: Table | None


def annex(survey: SurveyFigures) -> dict[str, Any]:
    """What the annexes print."""
    return {
        "editions": _editions(survey),
        "who_in_full": who_answered_in_full(survey),
        "annex_tables": _all_answers(survey),
        "raised_in_full": raised_in_full(survey),
        "agreements": agreements(survey),
        "quote_counts": quote_counts(survey),
        "weighted": _weighted(survey),
        "provenance": statements(survey),
        "method": printed_method(survey),
    }


def _all_answers(survey: SurveyFigures) -> Tables:
    """Every closed question but the importance of themes, whose counts stand in full in the chapter on it."""
    made = [
        answers(survey, item)
        for item in survey.questionnaire.items
        if not (item.theme and survey.importance and item.question.id == survey.importance.id)
    ]
    return with_figures(survey.words, [table for table in made if table])


def _editions(survey: SurveyFigures) -> list[Edition]:
    """Every language that the questionnaire was published in, the report's own first."""
    questionnaire = survey.questionnaire
    published = dict.fromkeys((questionnaire.language, *questionnaire.languages))
    own = [survey.language] if survey.language in published else []
    return [_edition(questionnaire, Words(code)) for code in dict.fromkeys([*own, *published])]


def _edition(questionnaire: Questionnaire, words: Words) -> Edition:
    after_sending = equality_questionnaire(questionnaire)
    return Edition(
        words.tag,
        words.direction,
        language_name(words.language),
        tuple(
            AskedTheme(
                words.said(theme.plain_title),
                words.said(theme.explanation),
                words.said(theme.origin) if theme.origin else "",
            )
            for theme in questionnaire.themes
        ),
        _asked(questionnaire, words),
        _asked(after_sending, words) if after_sending else (),
    )


def _asked(questionnaire: Questionnaire, words: Words) -> tuple[Asked, ...]:
    """Every question in the order of its pages, those about each theme first, with the answers to choose from."""
    pages = (one for page in questionnaire.pages for one in page.questions)
    asked = []
    for question in (*questionnaire.ask_about_each_theme, *pages):
        if isinstance(question, Statement):
            continue
        offered: list[Text] = []
        if not isinstance(question, TextQuestion | LongTextQuestion):
            offered = [option.label for option in questionnaire.options(question)]
            offered += [answer.label for answer in questionnaire.not_scored(question)]
        hint, answers = words.said(question.hint) if question.hint else "", words.said(*offered, joint=" · ")
        asked.append(Asked(words.said(question.text), hint, answers))
    return tuple(asked)


def _weighted(survey: SurveyFigures) -> WeightedAnnex | None:
    weighted, words = survey.results.weighted, survey.words
    if weighted is None:
        return None
    labels = {one.characteristic: characteristic(survey, one) for one in survey.results.representation}
    by = printed.listed(words, [labels.get(one, one) for one in weighted.characteristics])
    group = survey.results_group(weighted.audience) if weighted.audience else None
    of, name = ("_of", survey.name(group)) if group else ("", "")
    sentences = [words("weighted_why_not_headline"), words(f"weighted_by{of}", characteristics=by, group=name)]
    if not weighted.usable:
        return WeightedAnnex((*sentences, why_not_weighted(words, weighted)), None)
    values = [printed.number(one.weighted.value) if one.weighted else None for one in weighted.shares]
    if values and all(value is None for value in values):
        return WeightedAnnex((*sentences, words("weighted_hidden")), None)
    people, worth = printed.count(words, weighted.base), printed.count(words, weighted.n_eff)
    sentences.append(words(f"weighted_worth{of}", people=people, worth=worth, group=name))
    measures = {one.measure for one in weighted.shares}
    rows = [
        (
            Heading(
                survey.plain(theme),
                words(_MEASURES[one.measure]) if len(measures) > 1 else "",
            ),
            [_as_answered(words, one), *_as_weighted(words, one)],
        )
        for theme in survey.themes
        for one in weighted.shares
        if one.theme_id == theme.id
    ]
    columns = [words("table_theme"), words("weighted_as_answered"), words("weighted_as_weighted")]
    caption = words(f"weighted_table{of}", group=survey.label(group) if group else "")
    return WeightedAnnex(tuple(sentences), table(words, caption, [*columns, words("table_chance")], rows))


def _as_answered(words: Words, one: WeightedShare[Figure]) -> str:
    if one.measure == "score_0_10":
        return printed.score(words, one.unweighted, one.base)
    return share_of(words, one.unweighted, one.base)


def _as_weighted(words: Words, one: WeightedShare[Figure]) -> tuple[str, str]:
    estimate: Estimate[Figure] | None = one.weighted
    value = printed.number(estimate.value) if estimate else None
    if estimate is None or value is None or not printed.has_percent(one.base):
        return (printed.hidden(words, estimate.value if estimate else None), printed.NONE)
    if one.measure == "score_0_10":
        return (printed.score(words, estimate, one.base), printed.NONE)
    return (printed.percentage(words, value), printed.chance_range(words, estimate, one.base))
