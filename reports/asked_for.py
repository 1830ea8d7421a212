"""The verdicts on what one set of results shows, found in those on the whole survey.

Results of some people only, such as one place, show a group of the whole survey and what it is crossed with. They are
judged as such, so that figures with a filter, and with groups, hide and show the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from reports.divisions import RESPONSES, LineKey, in_order
from reports.filtering import Kept, left_out
from reports.published_counts import wait_for_more
from reports.question_rules import cell_sets
from reports.results import Computed
from reports.small_cells import CellJudge
from reports.splitting import Split, fields_of
from reports.suppression import Hidden, Judge, Verdict, marked
from reports.tabulation import SuppressionReason
from reports.whole_survey import CELLS, WholeSurvey

_NESTED = (("place", "channel", "collector"), ("month", "week"))
"""Fields of which each group may lie inside one of another: crossed with the same field, they are decided together."""


def verdicts_on(computed: Computed, whole: WholeSurvey) -> dict[LineKey, Verdict]:
    """For every line why it is hidden for everybody in these results, each audience and each group.

    FilterRefused where the people kept are hidden in the whole survey, WaitForMore where all that could be shown
    differs from what was given out before by a few people.
    """
    lines = {("question", key): line for key, line in computed.questions.items()}
    lines |= {("theme", key): line for key, line in computed.themes.items()}
    kept, by = computed.kept, computed.split
    judge = Judge(computed.thresholds)
    if computed.is_shared and by is not None:
        never_shown = Verdict(groups=dict.fromkeys(by.unpublished, "secondary"))
        found = dict.fromkeys((RESPONSES, *lines), never_shown)
        found |= {cells: never_shown for key in computed.questions for cells in _cells(computed, key)}
    else:
        if whole.must_wait and judge.judge(computed.responses).everybody is None:
            raise wait_for_more(int(computed.thresholds.max(initial=0)))
        found = _unfiltered(whole, by) if kept is None else _filtered(whole, kept, by)
    # Once more with what is known of these results alone: the people left out, and numbers that all are the same. The
    # number of people in no group is printed in "who answered", so it is judged as a group here.
    responses = judge.judge(computed.responses, within=found[RESPONSES], missing_is_published=True)
    if kept is not None and responses.everybody:
        raise left_out()
    verdicts = {RESPONSES: marked(computed.responses, responses, computed.thresholds)}
    for key, line in lines.items():
        verdicts[key] = marked(line, judge.judge(line, within=_both(found[key], responses)), computed.thresholds)
        if key[0] != "question":
            continue
        for cells, columns in _cells(computed, key[1]).items():
            verdict = _both(found[cells], verdicts[key])
            if by is not None and by.sensitive and line.cells is not None:
                few = CellJudge(line.answered[0], computed.results.rules.minimum_cell, verdicts[key].audiences)
                groups = few.hide(line.cells[0][..., columns], verdict.groups)
                verdict = Verdict(verdict.everybody, verdict.audiences, groups)
            verdicts[cells] = verdict
    return verdicts


def _cells(computed: Computed, key: str) -> dict[LineKey, slice | list[int]]:
    sets = cell_sets(computed.questionnaire, key)
    return {(f"{CELLS}{name}", key): columns for name, columns in sets.items()}


def _both(one: Verdict, other: Verdict) -> Verdict:
    return Verdict(
        one.everybody or other.everybody, {**other.audiences, **one.audiences}, {**other.groups, **one.groups}
    )


def _unfiltered(whole: WholeSurvey, by: Split | None) -> dict[LineKey, Verdict]:
    if by is None:
        return {key: Verdict(one.everybody, one.audiences) for key, one in whole.of_field("audience").items()}
    if by.field in whole.survey.divisions:
        return whole.of_field(by.field)
    divisions = whole.survey.divisions
    named = fields_of(by.field)
    if len(named) == 1 or not all(one in divisions for one in named):
        return whole.of_split(by, fields=_circumstances(whole))
    same = in_order(divisions, divisions[named[0]], divisions[named[1]])
    of_same = whole.of_split(same, fields=_circumstances(whole), beside=_beside(whole, same))
    places = dict(zip(same.codes.tolist(), by.codes.tolist(), strict=True))
    return {
        key: Verdict(
            one.everybody, one.audiences, {places[group]: why for group, why in one.groups.items() if group in places}
        )
        for key, one in of_same.items()
    }


def _filtered(whole: WholeSurvey, kept: Kept, by: Split | None) -> dict[LineKey, Verdict]:
    of_kept = _unfiltered(whole, kept.among)
    by_audience = None if len(kept.fields) > 1 else _crossing(whole, kept.among, whole.survey.audience)
    by_group = _crossing(whole, kept.among, by) if by is not None else None
    found = {}
    for key, verdict in of_kept.items():
        everybody = verdict.everybody or _first(verdict.groups, kept.wanted)
        if by_audience is None:
            audiences: Hidden = dict.fromkeys(range(len(whole.survey.audience.values)), "secondary")
        else:
            audiences = _hidden(by_audience, key, kept.wanted)
        groups: Hidden = _hidden(by_group, key, kept.wanted) if by_group is not None else {}
        found[key] = Verdict(everybody, audiences, groups)
    return found


_Crossing = tuple[dict[LineKey, Verdict], list[tuple[int, int, int]]]


def _crossing(whole: WholeSurvey, among: Split, other: Split) -> _Crossing:
    """The verdicts on two splits crossed, and its groups with those of the two that they are in."""
    if other.field in fields_of(among.field):
        pairs = np.unique(np.stack((among.codes, other.codes, among.codes)), axis=1)
        return _unfiltered(whole, among), _there(pairs)
    both = in_order(whole.survey.divisions, among, other)
    pairs = np.unique(np.stack((among.codes, other.codes, both.codes)), axis=1)
    return _unfiltered(whole, both), _there(pairs)


def _there(pairs: np.ndarray) -> list[tuple[int, int, int]]:
    return [(a, b, both) for a, b, both in pairs.T.tolist() if both >= 0]


def _hidden(crossing: _Crossing, key: LineKey, wanted: Sequence[int]) -> Hidden:
    """The groups of the other split of which any part that is kept is hidden."""
    verdicts, pairs = crossing
    verdict = verdicts[key]
    found: Hidden = {}
    for among, other, both in pairs:
        reason = verdict.everybody or verdict.groups.get(both)
        if among in wanted and other >= 0 and reason:
            found[other] = reason
    return found


def _first(hidden: Hidden, wanted: Sequence[int]) -> SuppressionReason | None:
    return next((hidden[one] for one in wanted if one in hidden), None)


def _circumstances(whole: WholeSurvey) -> set[str]:
    """The fields that people on the spot may know of one another: all but what they think of the themes."""
    of_themes = {item.key for item in whole.survey.people.questionnaire.items if item.theme is not None}
    return {field for field in whole.survey.divisions if field not in of_themes}


def _beside(whole: WholeSurvey, by: Split) -> list[Split]:
    """The crossings that are decided before this one, because the same people are divided more coarsely there."""
    named = fields_of(by.field)
    if len(named) == 1 or not all(one in whole.survey.divisions for one in named):
        return []
    return [
        in_order(whole.survey.divisions, whole.survey.divisions[a], whole.survey.divisions[b])
        for a, b in _coarser(whole, *named)
    ]


def _coarser(whole: WholeSurvey, first: str, second: str) -> Iterator[tuple[str, str]]:
    for a in _family(whole, first):
        for b in _family(whole, second):
            if a != b and {a, b} != {first, second}:
                yield a, b


def _family(whole: WholeSurvey, field: str) -> list[str]:
    """The fields that this one may be nested in, and itself."""
    levels = tuple(one for one in whole.survey.divisions if one.startswith("place:"))
    for family in ((*levels, *_NESTED[0]), _NESTED[1]):
        if field in family:
            return [one for one in family[: family.index(field) + 1] if one in whole.survey.divisions]
    return [field]
