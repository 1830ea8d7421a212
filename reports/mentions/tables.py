"""The tables of mentions, with every figure shown or suppressed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

import numpy as np

from reports.disclosing import figure
from reports.divisions import Survey
from reports.filtering import Kept
from reports.mentions.anywhere import may_be_told, together
from reports.mentions.dividing import RATING, RatedApart, circumstances, rated_apart
from reports.mentions.gate import Gate, Point, points_of, told_sentiments
from reports.mentions.reading import SENTIMENTS, Coded, CodedItem, Rows
from reports.tabulation import (
    CommentTable,
    Figure,
    Group,
    MentionColumn,
    MentionRow,
    MentionTable,
    RatingTable,
    Results,
    Shown,
    Suppressed,
    SuppressionReason,
)
from surveys.questionnaire import Questionnaire, RatingQuestion

_KEPT_BACK = Suppressed("secondary")
"""Every hidden number of people has the same mark: another one would say how small it is."""


def mention_tables(
    coded: Coded, survey: Survey, *, kept: Kept | None, disclosed: Results[Figure]
) -> tuple[MentionTable[Figure], ...]:
    """A table for each coded question, and one for all questions of each frame together.

    ``survey`` is everybody, of whom ``kept`` are those whom filters keep; ``disclosed`` everything else that is shown.
    With a filter by one field there is a table for each question about the people whom it keeps; with more, none.
    Tables whose base is too small have no rows.
    """
    if not isinstance(disclosed.everybody.responses, Shown):
        return ()
    divided = circumstances(survey)
    if kept is not None and kept.among.field not in ("audience", *(one.field for one in divided)):
        return ()
    found: list[MentionTable[Figure]] = []
    for _, items in groupby(coded.items, key=lambda item: item.frame):
        tables = [_Table(survey, kept, disclosed, item) for item in items]
        found += [one.made() for one in tables]
        told = [one.item for one in tables if one.is_told]
        if kept is None and len(told) > 1:
            found.append(_Table(survey, kept, disclosed, together(told)).made(beside=told))
    return tuple(found)


@dataclass(frozen=True)
class _Column:
    """Some people, as groups of one field; without a field everybody."""

    field: str | None
    groups: tuple[int, ...]
    people: Rows
    shown: MentionColumn[Figure]


@dataclass(frozen=True)
class _Table:
    """One question's table while it is made; all of a frame's together where ``item`` has no key."""

    survey: Survey
    kept: Kept | None
    disclosed: Results[Figure]
    item: CodedItem

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Its rows before anything is hidden."""
        return points_of(self.item)

    @cached_property
    def gate(self) -> Gate:
        """What of it may be shown."""
        rated = [self._rated.split] if self._rated else []
        listed = sum(point.code is not None for point in self.points)
        return Gate(
            survey=self.survey,
            coded=self.item.coded,
            points=self.points,
            fields=(*rated, *circumstances(self.survey)) if self.item.key else (),
            few=len(self.item.raised) - listed,
        )

    @property
    def is_told(self) -> bool:
        """Whether enough people's comments were coded to tell anything."""
        return self.gate.base("audience").everybody is None

    def made(self, *, beside: Sequence[CodedItem] = ()) -> MentionTable[Figure]:
        """The table as it may be shown; ``beside``: the questions that it puts together."""
        columns = list(self._columns())
        points = self.points if _is_shown(columns[0]) else ()
        rows = [self._row(one, columns, told=not beside or may_be_told(one, beside)) for one in points]
        rows = [row for row in rows if row.people[0] != Shown(0)]
        return MentionTable(
            frame=self.item.frame,
            frame_version=self.item.frame_version,
            key=self.item.key or None,
            theme_id=self._theme_id,
            base=self.disclosed.filters.mentions_base,
            commented=self._commented(),
            columns=tuple(_with_mentions(column.shown, place, rows) for place, column in enumerate(columns)),
            rows=tuple(sorted(rows, key=_most_first)),
        )

    @cached_property
    def _rated(self) -> RatedApart | None:
        return rated_apart(self.survey, self.item.key) if self.item.key else None

    @property
    def _theme_id(self) -> str | None:
        theme = self.survey.people.questionnaire.item(self.item.key).theme if self.item.key else None
        return theme.id if theme else None

    def _commented(self) -> Figure:
        everybody = self.disclosed.everybody
        if not self.item.key:
            number = len(self.item.commented)
            return Shown(number) if number >= everybody.minimum_base else Suppressed("small base")
        table = next(one for one in everybody.questions if one.key == self.item.key)
        return table.commented if isinstance(table, CommentTable) else _KEPT_BACK

    def _columns(self) -> Iterator[_Column]:
        """Everybody; then, of a single question and without a filter, each audience and how they rated the theme."""
        everybody, kept = self.disclosed.everybody, self.kept
        if kept is not None:
            people = self.item.coded[kept.mask[self.item.coded]]
            yield self._column(kept.among.field, kept.wanted, people, _head(everybody))
            return
        yield self._column(None, (), self.item.coded, _head(everybody))
        if self.item.key and len(self.disclosed.audiences) > 1:
            codes = self.survey.audience.codes[self.item.coded]
            for place, one in enumerate(self.disclosed.audiences):
                yield self._column("audience", (place,), self.item.coded[codes == place], _head(one))
        if self._rated is not None:
            codes = self._rated.split.codes[self.item.coded]
            for place, points in enumerate(self._rated.points):
                head = _head_of_rating(everybody, self.survey.people.questionnaire, self._rated.key, points)
                yield self._column(RATING, (place,), self.item.coded[codes == place], head)

    def _column(self, field: str | None, groups: tuple[int, ...], people: Rows, head: MentionColumn[Figure]) -> _Column:
        verdict = self.gate.base(field or "audience")
        hidden = verdict.audiences if field == "audience" else verdict.groups
        reason: SuppressionReason | None = verdict.everybody
        if field is not None and reason is None and any(group in hidden for group in groups):
            reason = "secondary"
        if not isinstance(head.respondents, Shown):
            reason = reason or "secondary"
        return _Column(field, groups, people, replace(head, coded=figure(len(people), reason)))

    def _row(self, point: Point, columns: Sequence[_Column], *, told: bool) -> MentionRow[Figure]:
        people = tuple(self._number(point, column) if told else _KEPT_BACK for column in columns)
        sentiment: dict[str, Figure] = {}
        if point.by_sentiment and self.kept is None and isinstance(people[0], Shown):
            numbers = [len(one) for one in point.by_sentiment]
            shown = told_sentiments(numbers, minimum_base=columns[0].shown.minimum_base)
            if any(shown):
                sentiment = {
                    name: Shown(number) if may else _KEPT_BACK
                    for name, number, may in zip(SENTIMENTS, numbers, shown, strict=True)
                }
        return MentionRow(
            code=point.code.key if point.code else None,
            name=point.code.name if point.code else "",
            people=people,
            sentiment=sentiment,
        )

    def _number(self, point: Point, column: _Column) -> Figure:
        may = all(self.gate.shows(point, column.field, group) for group in column.groups or (0,))
        if not may or not _is_shown(column):
            return _KEPT_BACK
        return Shown(int(np.isin(point.people, column.people, assume_unique=True).sum()))


def _is_shown(column: _Column) -> bool:
    return isinstance(column.shown.coded, Shown)


def _head(group: Group[Figure]) -> MentionColumn[Figure]:
    return MentionColumn(
        field=group.field,
        value=group.value,
        label=group.label,
        points=(),
        coded=_KEPT_BACK,
        respondents=group.responses,
        mentions=_KEPT_BACK,
        minimum_base=group.minimum_base,
    )


def _head_of_rating(
    everybody: Group[Figure], questionnaire: Questionnaire, key: str, points: tuple[str, ...]
) -> MentionColumn[Figure]:
    table = next(one for one in everybody.questions if one.key == key)
    counts = [table.counts[point] for point in points] if isinstance(table, RatingTable) else []
    question = questionnaire.item(key).question
    labels = {}
    if isinstance(question, RatingQuestion):
        labels = {point.id: point.label for point in questionnaire.scale(question.scale).points}
    return MentionColumn(
        field=key,
        value=None,
        label=" / ".join(labels[point].in_language(questionnaire.language) for point in points),
        points=points,
        coded=_KEPT_BACK,
        respondents=_sum(counts),
        mentions=_KEPT_BACK,
        minimum_base=everybody.minimum_base,
    )


def _sum(figures: Sequence[Figure]) -> Figure:
    shown = [one.value for one in figures if isinstance(one, Shown)]
    return Shown(sum(shown)) if figures and len(shown) == len(figures) else _KEPT_BACK


def _with_mentions(
    column: MentionColumn[Figure], place: int, rows: Sequence[MentionRow[Figure]]
) -> MentionColumn[Figure]:
    if not isinstance(column.coded, Shown):
        return column
    return replace(
        column, mentions=Shown(sum(one.value for row in rows if isinstance(one := row.people[place], Shown)))
    )


def _most_first(row: MentionRow[Figure]) -> tuple[bool, bool, float]:
    """The order of the rows; equal and hidden ones stay in that of the frame, and all other points come last."""
    number = row.people[0]
    return row.code is None, not isinstance(number, Shown), -number.value if isinstance(number, Shown) else 0
