"""A survey without themes: what people answered most often to its first questions stands where themes would."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from reports import printed_figures as printed
from reports.board_report_charts import Chart, for_every_page, series
from reports.charts import Share, bar_chart
from reports.group_tables import in_even_parts
from reports.report_tables import Heading, Table, table
from reports.sentences.finding import Finding, level_with
from reports.survey_figures import SurveyFigures
from reports.tabulation import ChoiceTable, Figure, Group
from surveys.questionnaire import ChoiceQuestion, ChoicesQuestion, Item, RankingQuestion

_MOST_FINDINGS = 3


def main_questions(survey: SurveyFigures) -> list[Item]:
    """The first questions in which people chose among answers, at most as many as there are findings."""
    lead = survey.audiences[0]
    return list(islice((item for item in survey.questionnaire.items if survey.choice(lead, item.key)), _MOST_FINDINGS))


def question_findings(survey: SurveyFigures) -> tuple[Finding, ...]:
    """What the largest audience answered most often to each of the first questions, where it may be shown."""
    found = (_finding(survey, item, survey.choice(survey.audiences[0], item.key)) for item in main_questions(survey))
    return tuple(finding for finding in found if finding)


def _finding(survey: SurveyFigures, item: Item, answered: ChoiceTable[Figure] | None) -> Finding | None:
    words = survey.words
    if answered is None or not printed.number(answered.base):
        return None
    labels = _labels(survey, item)
    known = {
        option: value for option, figure in answered.counts.items() if (value := printed.number(figure)) is not None
    }
    if len(known) < len(answered.counts) or not any(known.values()):
        return None
    falling = sorted(known, key=lambda option: -known[option])
    lead = answered.percent.get(falling[0])
    others = [answered.percent.get(option) for option in falling[1:]]
    level = 0 if lead is None else level_with(lead, others)
    question = words.said(item.question.text)
    leading = [printed.quoted(words, labels[option]) for option in falling[: level + 1]]
    phrase = "question_most_often" if not level else "question_about_equal"
    shares = [
        words(
            "question_share", answer=labels[option], share=printed.share(words, answered.counts[option], answered.base)
        )
        for option in falling[: max(2, level + 1)]
    ]
    return Finding(words(phrase, question=question, answers=printed.listed(words, leading)), tuple(shares))


def _labels(survey: SurveyFigures, item: Item) -> dict[str, str]:
    question = item.question
    if not isinstance(question, ChoiceQuestion | ChoicesQuestion | RankingQuestion):
        return {}
    return {option.id: survey.words.said(option.label) for option in survey.questionnaire.options(question)}


def question_chart(survey: SurveyFigures) -> Chart | None:
    """The answers to the first question of which something is found, a bar per answer and audience; else None."""
    words, lead = survey.words, survey.audiences[0]
    told = [
        (item, finding)
        for item in main_questions(survey)
        if (finding := _finding(survey, item, survey.choice(lead, item.key)))
    ]
    if not told:
        return None
    item, finding = told[0]
    labels = _labels(survey, item)
    rows = [
        (label, [_share(survey.choice(group, item.key), option) for group in survey.charted])
        for option, label in labels.items()
    ]
    said = [
        f"{survey.label(group)}. "
        + "; ".join(f"{label}: {printed.share(words, share.part, share.base)}" for label, share in shares)
        + "."
        for place, group in enumerate(survey.charted)
        for shares in [[(label, row[place]) for label, row in rows]]
    ]
    return for_every_page(
        survey,
        lambda sheet: bar_chart(
            words,
            rows,
            series=series(survey),
            title=finding.headline,
            description=" ".join(said),
            sheet=sheet,
        ),
    )


def _share(answered: ChoiceTable[Figure] | None, option: str) -> Share:
    if answered is None:
        return Share(None, None)
    return Share(answered.counts.get(option), answered.base, answered.percent.get(option))


def question_groups(survey: SurveyFigures) -> list[Table]:
    """The answers to the first questions in each group that was asked for, a few groups to a table."""
    return [_groups(survey, item, shown) for item in main_questions(survey) for shown in in_even_parts(survey.groups)]


def _groups(survey: SurveyFigures, item: Item, shown: Sequence[Group[Figure]]) -> Table:
    words = survey.words
    rows = []
    for option, label in _labels(survey, item).items():
        shares = [_share(survey.choice(group, item.key), option) for group in shown]
        rows.append((Heading(label), [printed.share(words, share.part, share.base) for share in shares]))
    columns = (words("table_answer"), *(survey.label(group) for group in shown))
    return table(words, words.said(item.question.text), columns, rows)
