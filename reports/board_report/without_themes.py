"""A survey without themes: its rating questions, and what people answered most often to its first others, stand where
themes would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from reports import printed_figures as printed
from reports.answer_tables import asked
from reports.board_report_charts import series
from reports.charts import Share, bar_chart
from reports.group_tables import compared_audiences, differences, groups, in_even_parts
from reports.labels import as_a_part
from reports.page_charts import Chart, for_every_page
from reports.report_tables import Heading, Table, table
from reports.sentences import audiences_differ, clear_changes, clearly_differ, groups_differ, ratings
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
    """Up to three: what the largest audience rated, the clearest change since the last wave, where the two largest
    clearly differ, what the largest answered most often to each of the first questions, what the second rated, and
    where groups clearly differ; last, that the two largest do not."""
    return tuple(islice(_in_order(survey), _MOST_FINDINGS))


def _in_order(survey: SurveyFigures) -> Iterator[Finding]:
    lead, *others = survey.audiences
    rated = [ratings(survey, group) for group in survey.audiences[:2]]
    differ = audiences_differ(survey, lead, others[0]) if others else None
    clearly = bool(others) and bool(clearly_differ(survey, lead, others[0]))
    chosen = [_finding(survey, item, survey.choice(lead, item.key)) for item in main_questions(survey)]
    first = [rated[0], *clear_changes(survey)[:1]]
    found = [*chosen, *rated[1:], groups_differ(survey)]
    found = [*first, differ, *found] if clearly else [*first, *found, differ]
    yield from (finding for finding in found if finding)


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
    question = asked(words, item.question)
    leading = [printed.quoted(words, labels[option]) for option in falling[: level + 1]]
    phrase = "question_most_often" if not level else "question_about_equal"
    shares = [
        words(
            "question_share", answer=labels[option], share=printed.share(words, answered.counts[option], answered.base)
        )
        for option in falling[: max(2, level + 1)]
    ]
    group = survey.audiences[0]
    of_whom = "_among" if group.field else ""
    answers = printed.listed(words, leading)
    headline = words(f"{phrase}{of_whom}", question=question, answers=answers, group=survey.name(group))
    return Finding(headline, tuple(shares))


def _labels(survey: SurveyFigures, item: Item) -> dict[str, str]:
    question = item.question
    if not isinstance(question, ChoiceQuestion | ChoicesQuestion | RankingQuestion):
        return {}
    return {option.id: survey.words.said(option.label) for option in survey.questionnaire.options(question)}


def ratings_chart(survey: SurveyFigures) -> Chart | None:
    """Who answered each rating question positively, a bar per question and audience; None where nothing is found."""
    found = ratings(survey, survey.audiences[0])
    if found is None:
        return None
    rows = [
        (survey.words.said(item.question.text), [rated_share(survey, group, item) for group in survey.charted])
        for item in survey.rated
    ]
    return _bars(survey, rows, title=found.headline)


def rated_share(survey: SurveyFigures, group: Group[Figure], item: Item) -> Share:
    """Who of a group answered a rating question positively."""
    rating = survey.rated_by(group, item.key)
    return Share(survey.positive(rating), rating.base, rating.percent_positive) if rating else Share(None, None)


def question_chart(survey: SurveyFigures) -> Chart | None:
    """The answers to the first question of which something is found, a bar per answer and audience; else None."""
    lead = survey.audiences[0]
    told = [
        (item, finding)
        for item in main_questions(survey)
        if (finding := _finding(survey, item, survey.choice(lead, item.key)))
    ]
    if not told:
        return None
    item, finding = told[0]
    rows = [
        (label, [_share(survey.choice(group, item.key), option) for group in survey.charted])
        for option, label in _labels(survey, item).items()
    ]
    return _bars(survey, rows, title=finding.headline)


def _bars(survey: SurveyFigures, rows: Sequence[tuple[str, Sequence[Share]]], *, title: str) -> Chart:
    """A bar per row and audience; every bar is in the sentence that stands for the chart."""
    words = survey.words
    said = [
        words(
            "chart_bars",
            group=survey.label(group),
            bars=words("figure_list_apart").join(
                words(
                    "chart_bar",
                    label=as_a_part(words, label),
                    share=printed.share(words, shares[place].part, shares[place].base),
                )
                for label, shares in rows
            ),
        )
        for place, group in enumerate(survey.charted)
    ]
    return for_every_page(
        survey,
        rows,
        lambda rows, sheet: bar_chart(
            words, rows, series=series(survey), title=title, description=" ".join(said), sheet=sheet
        ),
    )


def _share(answered: ChoiceTable[Figure] | None, option: str) -> Share:
    if answered is None:
        return Share(None, None)
    return Share(answered.counts.get(option), answered.base, answered.percent.get(option))


def between_audiences(survey: SurveyFigures) -> list[tuple[Table, str]]:
    """The audiences that were compared by their ratings, pair by pair, with what may be said of each."""
    if not survey.rated:
        return []
    return [(differences(survey, *pair), _clearly(survey, *pair)) for pair in compared_audiences(survey)]


def _clearly(survey: SurveyFigures, first: Group[Figure], other: Group[Figure]) -> str:
    words, told = survey.words, clearly_differ(survey, first, other)
    if not told:
        return words("differ_nowhere")
    if len(told) > _MOST_FINDINGS:
        return words("differ_on_many", n=len(told))
    return words("differ_on", themes=printed.listed(words, told))


def answers_by_audience(survey: SurveyFigures) -> list[Table]:
    """What was not compared, audience by audience: the answers to the first questions in which people chose and, where
    no pair of audiences was compared, the ratings; none of one audience alone."""
    if len(survey.audiences) < 2:
        return []
    rated = [] if compared_audiences(survey) else groups(survey, survey.audiences)
    return [*rated, *_chosen(survey, survey.audiences)]


def question_groups(survey: SurveyFigures) -> list[Table]:
    """The ratings and the answers to the first questions in each group that was asked for, a few groups to a table."""
    return [*groups(survey, survey.groups), *_chosen(survey, survey.groups)]


def _chosen(survey: SurveyFigures, beside: Sequence[Group[Figure]]) -> list[Table]:
    return [_groups(survey, item, shown) for item in main_questions(survey) for shown in in_even_parts(beside)]


def _groups(survey: SurveyFigures, item: Item, shown: Sequence[Group[Figure]]) -> Table:
    words = survey.words
    rows = []
    for option, label in _labels(survey, item).items():
        shares = [_share(survey.choice(group, item.key), option) for group in shown]
        rows.append((Heading(label), [printed.share(words, share.part, share.base) for share in shares]))
    columns = (words("table_answer"), *(survey.label(group) for group in shown))
    return table(words, asked(words, item.question), columns, rows)
