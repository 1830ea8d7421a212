"""Which tables are worth their space: one of hidden figures alone becomes a name in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import printed_figures as printed
from reports.report_tables import Table, who_answered
from reports.survey_figures import SurveyFigures
from reports.tabulation import Breakdown, Figure
from reports.words import Words
from surveys.question_bank import topics

# A table that stands beside another cannot be parted, so a longer one leaves too much of a page empty.
_LONGEST_BESIDE_ANOTHER = 10


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables to print, the names of those left out, and one key to the words in all that are printed."""

    words: Words
    shown: tuple[Table, ...]
    left_out: tuple[str, ...]

    @property
    def side_by_side(self) -> list[tuple[Table, ...]]:
        """The tables to print, two by two; one that is too long for that stands alone."""
        return _side_by_side(self.shown)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the words in the cells mean, each once."""
        return notes_of(self.words, self.shown)


def _side_by_side(tables: Sequence[Table]) -> list[tuple[Table, ...]]:
    rows: list[tuple[Table, ...]] = []
    for table in tables:
        short = len(table.rows) <= _LONGEST_BESIDE_ANOTHER
        if short and rows and len(rows[-1]) == 1 and len(rows[-1][0].rows) <= _LONGEST_BESIDE_ANOTHER:
            rows[-1] = (*rows[-1], table)
        else:
            rows.append((table,))
    return rows


def notes_of(words: Words, tables: Sequence[Table]) -> tuple[str, ...]:
    """The notes of all these tables, each once, in the order of the key."""
    needed = {note for table in tables for note in table.notes}
    return tuple(note for note in printed.key_to_words(words).values() if note in needed)


def who_answered_tables(
    survey: SurveyFigures, *, leave_out: Sequence[str] = (), of: Sequence[str] | None = None
) -> Tables:
    """Who answered, by every field but those to ``leave_out``, or by the fields of ``of`` alone.

    A question that follows on another (a detailed background) is only named where more than half of its numbers of
    people are hidden or nought; any other question only where all of them are hidden.
    """
    shown, thin = [], []
    for breakdown in survey.results.who_answered:
        if breakdown.field in leave_out or (of is not None and breakdown.field not in of):
            continue
        if _is_thin(breakdown):
            thin.append(survey.field(breakdown))
        else:
            shown.append(who_answered(survey, breakdown))
    return Tables(survey.words, tuple(shown), tuple(thin))


def who_answered_in_full(survey: SurveyFigures) -> Tables:
    """Who answered by every field in which people differ, as the annex has it."""
    return who_answered_tables(survey, leave_out=[one.field for one in all_the_same(survey)])


def all_the_same(survey: SurveyFigures) -> list[Breakdown[Figure]]:
    """Breakdowns in which everybody has one value, so that a table would be a line of 100 %."""
    return [
        breakdown
        for breakdown in survey.results.who_answered
        if len(breakdown.counts) == 1
        and printed.number(breakdown.missing) == 0
        and all(printed.number(people) for people in breakdown.counts.values())
    ]


def _is_thin(breakdown: Breakdown[Figure]) -> bool:
    people = [printed.number(figure) for figure in breakdown.counts.values()]
    if breakdown.field in _follow_ups():
        return 2 * sum(not number for number in people) > len(people)
    return all(number is None for number in people)


def _follow_ups() -> frozenset[str]:
    return frozenset(
        question.id for topic in topics().values() for question in topic.questions if question.show_if is not None
    )


def with_figures(words: Words, tables: Sequence[Table]) -> Tables:
    """These tables, but those in which every figure is hidden only by name."""
    shown = [table for table in tables if not _all_hidden(words, table)]
    return Tables(words, tuple(shown), tuple(table.caption for table in tables if _all_hidden(words, table)))


def _all_hidden(words: Words, table: Table) -> bool:
    hidden = printed.hidden_words(words)
    cells = [cell for _, cells in table.rows for cell in cells]
    return any(cell in hidden for cell in cells) and all(cell in (*hidden, printed.NONE) for cell in cells)
