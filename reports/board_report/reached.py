"""Who answered beside the population that they come from: who is missing, and by about how many people."""

from __future__ import annotations

from dataclasses import dataclass

from reports import labels
from reports import printed_figures as printed
from reports.charts import reach_chart
from reports.page_charts import Chart, for_every_page
from reports.report_tables import Heading, Table, signed, table
from reports.sentences import capital
from reports.sentences.missing import characteristic, name_of_group
from reports.statistics.rounding import whole
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, ReferenceGroup, Representation

_NAMED = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """One characteristic: its chart, whose title is the finding, of how many people it is, and all figures."""

    chart: Chart
    base: str
    table: Table


def compared(survey: SurveyFigures) -> list[Compared]:
    """Every characteristic that a reference population is known of and of which anything may be shown."""
    return [_compared(survey, one) for one in survey.results.representation if _is_shown(one)]


def not_compared(survey: SurveyFigures) -> list[str]:
    """The names of the others, of which every group is hidden, to be put in quotation marks."""
    hidden = [one for one in survey.results.representation if not _is_shown(one)]
    return [
        _of_whom(survey, one, labels.characteristic(survey.words, survey.questionnaire, one.characteristic, one.label))
        for one in hidden
    ]


def _is_shown(one: Representation[Figure]) -> bool:
    return any(printed.number(group.count) is not None for group in one.groups)


def _compared(survey: SurveyFigures, one: Representation[Figure]) -> Compared:
    words = survey.words
    asked = survey.results_group(one.audience) if one.audience else survey.results.everybody
    chart = for_every_page(
        survey,
        one.groups,
        lambda groups, sheet: reach_chart(
            words,
            [(_name(survey, one, group), group) for group in groups],
            one.base,
            missing=[_about_missing(survey, group) for group in groups],
            population=words("reached_of_population"),
            title=_finding(survey, one),
            description=" ".join(_said(survey, one, group) for group in one.groups),
            sheet=sheet,
        ),
    )
    told = printed.share(words, one.base, asked.responses)
    return Compared(
        chart,
        words("reached_base", share=told) if printed.number(one.base) is not None else words("reached_base_hidden"),
        _table(survey, one),
    )


def _label(survey: SurveyFigures, one: Representation[Figure]) -> str:
    return _of_whom(survey, one, characteristic(survey, one))


def _of_whom(survey: SurveyFigures, one: Representation[Figure], label: str) -> str:
    """A characteristic with the audience that alone is compared."""
    name = capital(label)
    if one.audience is None:
        return name
    return f"{name} ({survey.name(survey.results_group(one.audience))})"


def _name(survey: SurveyFigures, one: Representation[Figure], group: ReferenceGroup[Figure]) -> str:
    """A group at the beginning of a row, where what it is told apart by stands above it."""
    return capital(name_of_group(survey, one, group))


def missing_people(group: ReferenceGroup[Figure]) -> int:
    """About how many people of a group would have to answer as well; 0 where none, or where it is hidden."""
    return whole(printed.number(group.missing_people) or 0) if group.under_represented else 0


def _finding(survey: SurveyFigures, one: Representation[Figure]) -> str:
    words = survey.words
    if printed.number(one.base) is None:
        return words("reached_cannot_say", label=_label(survey, one))
    missing = sorted((group for group in one.groups if missing_people(group)), key=missing_people, reverse=True)
    if not missing:
        hidden = any(printed.number(group.count) is None for group in one.groups)
        return words("reached_nobody_known" if hidden else "reached_nobody_missing", label=_label(survey, one))
    names = printed.listed(words, [printed.quoted(words, _name(survey, one, group)) for group in missing[:_NAMED]])
    return words("reached_missing", n=len(missing[:_NAMED]), label=_label(survey, one), groups=names)


def _said(survey: SurveyFigures, one: Representation[Figure], group: ReferenceGroup[Figure]) -> str:
    words = survey.words
    return words(
        "reached_group",
        group=_name(survey, one, group),
        share=printed.share(words, group.count, one.base),
        reference=printed.percentage(words, group.reference_percent),
    )


def _about_missing(survey: SurveyFigures, group: ReferenceGroup[Figure]) -> str:
    people = missing_people(group)
    return survey.words("reached_about", n=people, people=survey.words.number(people)) if people else ""


def _table(survey: SurveyFigures, one: Representation[Figure]) -> Table:
    words = survey.words
    rows = []
    for group in one.groups:
        difference = printed.number(group.difference) if printed.has_percent(one.base) else None
        people = missing_people(group)
        rows.append(
            (
                Heading(_name(survey, one, group)),
                [
                    printed.share(words, group.count, one.base),
                    printed.percentage(words, group.reference_percent),
                    printed.NONE if difference is None else signed(words, difference),
                    words.number(people) if people else printed.NONE,
                ],
            )
        )
    rows.append((Heading(words("reached_unknown")), [printed.count(words, one.unknown), *[printed.NONE] * 3]))
    columns = [_label(survey, one), words("table_who_answered"), words("reached_population")]
    columns += [words("reached_difference"), words("reached_missing_people")]
    return table(words, words("reached_table", label=_label(survey, one)), columns, rows)
