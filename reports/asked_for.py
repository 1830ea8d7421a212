"""The verdicts on what one set of results shows, found in those on the whole survey.

Results of some people only, such as one place, show a group of the whole survey and what it is crossed with. They are
judged as such, so that figures with a filter, and with groups, hide and show the same.
"""

from __future__ import annotations

from reports.counts_of_people import hidden_options, hidden_tables
from reports.crossings import Crossing, first_hidden, hidden_in, unfiltered
from reports.divisions import RESPONSES, LineKey
from reports.filtering import Kept, left_out
from reports.published_counts import wait_for_more
from reports.question_rules import cell_sets
from reports.results import Computed
from reports.small_cells import CellJudge
from reports.splitting import Split
from reports.suppression import Hidden, Judge, Verdict, marked
from reports.whole_survey import CELLS, WholeSurvey


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
        found = unfiltered(whole, by) if kept is None else _filtered(whole, kept, by)
    # Once more with what is known of these results alone: the people left out, and numbers that all are the same. The
    # number of people in no group is printed in "who answered", so it is judged as a group here.
    responses = judge.judge(computed.responses, within=found[RESPONSES], missing_is_published=True)
    if kept is not None and responses.everybody:
        raise left_out()
    about_people = hidden_tables(computed, whole)
    verdicts = {RESPONSES: marked(computed.responses, responses, computed.thresholds)}
    for key, line in lines.items():
        verdict = judge.judge(line, within=_both(found[key], responses))
        if key[0] == "question" and key[1] in about_people:
            verdict = _both(verdict, about_people[key[1]])
        verdicts[key] = marked(line, verdict, computed.thresholds)
        if key[0] != "question":
            continue
        for cells, columns in _cells(computed, key[1]).items():
            verdict = _both(found[cells], verdicts[key])
            if by is not None and by.sensitive and line.cells is not None:
                few = CellJudge(line.answered[0], computed.results.rules.minimum_cell, verdicts[key].audiences)
                groups = few.hide(line.cells[0][..., columns], verdict.groups)
                verdict = Verdict(verdict.everybody, verdict.audiences, groups)
            verdicts[cells] = verdict
    for (name, asked), verdict in hidden_options(computed, whole).items():
        verdicts[f"{CELLS}{name}", asked] = verdict
    return verdicts


def _cells(computed: Computed, key: str) -> dict[LineKey, slice | list[int]]:
    sets = cell_sets(computed.questionnaire, key)
    return {(f"{CELLS}{name}", key): columns for name, columns in sets.items()}


def _both(one: Verdict, other: Verdict) -> Verdict:
    return Verdict(
        one.everybody or other.everybody, {**other.audiences, **one.audiences}, {**other.groups, **one.groups}
    )


def _filtered(whole: WholeSurvey, kept: Kept, by: Split | None) -> dict[LineKey, Verdict]:
    of_kept = unfiltered(whole, kept.among)
    by_audience = None if len(kept.fields) > 1 else Crossing.of(whole, kept.among, whole.survey.audience)
    by_group = Crossing.of(whole, kept.among, by) if by is not None else None
    found = {}
    for key, verdict in of_kept.items():
        everybody = verdict.everybody or first_hidden(verdict.groups, kept.wanted)
        if by_audience is None:
            audiences: Hidden = dict.fromkeys(range(len(whole.survey.audience.values)), "secondary")
        else:
            audiences = hidden_in(by_audience, key, kept.wanted)
        groups: Hidden = hidden_in(by_group, key, kept.wanted) if by_group is not None else {}
        found[key] = Verdict(everybody, audiences, groups)
    return found
