"""What workshops said on its way into a report: read beside the results, and judged workshop by workshop.

Each workshop is judged alone, so that no sum or difference of what is shown tells anything of a smaller one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.disclosing import Reason, figure, optional
from reports.tabulation import DisclosureRules, Figure, Raw, Shown, ThemeAtWorkshop, WorkshopTold
from surveys.audiences import is_staff
from surveys.questionnaire import Questionnaire
from surveys.storage import tables
from surveys.workshops.keeping import workshops_of
from surveys.workshops.records import Record


@dataclass(frozen=True, slots=True)
class VotesTogether:
    """The votes of all workshops whose counts may be shown and which counted any: ``by_theme``, and their bases."""

    workshops: int
    people: Figure
    votes: Figure
    by_theme: Mapping[str, Figure]


def read_workshops(
    session: Session, *, survey: tables.Survey, questionnaire: Questionnaire, rules: DisclosureRules
) -> tuple[WorkshopTold[Raw], ...]:
    """Every workshop that is in force, by its day, with what it said about the themes of this questionnaire."""
    audiences = {row.id: row for row in session.scalars(select(tables.Audience))}
    kept = (one.record for one in workshops_of(session, survey=survey) if not one.is_removed)
    return tuple(
        _told(record, audiences.get(record.audience or ""), questionnaire=questionnaire, rules=rules) for record in kept
    )


def disclosed_workshops(workshops: Sequence[WorkshopTold[Raw]]) -> tuple[WorkshopTold[Figure], ...]:
    """The same without the counts of workshops to which fewer people came than their minimum base."""
    return tuple(_disclosed(one) for one in workshops)


def votes_together(workshops: Sequence[WorkshopTold[Figure]]) -> VotesTogether | None:
    """The votes that may be shown, added up over workshops; None where none may, or nobody voted."""
    counted = [one for one in workshops if isinstance(one.votes, Shown) and isinstance(one.people, Shown)]
    if not counted:
        return None
    by_theme: dict[str, float] = {}
    for one in counted:
        for theme in one.themes:
            if isinstance(theme.votes, Shown):
                by_theme[theme.theme_id] = by_theme.get(theme.theme_id, 0) + theme.votes.value
    return VotesTogether(
        len(counted),
        Shown(sum(one.people.value for one in counted if isinstance(one.people, Shown))),
        Shown(sum(one.votes.value for one in counted if isinstance(one.votes, Shown))),
        {theme: Shown(votes) for theme, votes in by_theme.items()},
    )


def _told(
    record: Record, audience: tables.Audience | None, *, questionnaire: Questionnaire, rules: DisclosureRules
) -> WorkshopTold[Raw]:
    themes: tuple[ThemeAtWorkshop[Raw], ...] = tuple(
        ThemeAtWorkshop(theme.id, said.votes, said.points("agreed"), said.points("not_agreed"), said.points("ideas"))
        for theme in questionnaire.themes
        if (said := record.themes.get(theme.id))
    )
    votes = [one.votes for one in themes if one.votes is not None]
    return WorkshopTold(
        held_on=record.held_on,
        place=record.place,
        facilitator_role=record.facilitator_role,
        audience=audience.id if audience else None,
        audience_label=audience.label if audience else "",
        people=record.people,
        minimum_base=_minimum_base(audience, rules),
        votes_each=record.votes_each,
        votes=sum(votes) if votes else None,
        themes=themes,
    )


def _minimum_base(audience: tables.Audience | None, rules: DisclosureRules) -> int:
    """Whoever may come to a workshop for everybody may be staff, so the larger of both bases holds there."""
    if audience is None:
        return max(rules.minimum_base, rules.minimum_base_staff)
    of_rules = rules.minimum_base_staff if is_staff(audience.id) else rules.minimum_base
    return max(of_rules, audience.minimum_base)


def _disclosed(one: WorkshopTold[Raw]) -> WorkshopTold[Figure]:
    reason: Reason = "small base" if one.people < one.minimum_base else None
    themes: tuple[ThemeAtWorkshop[Figure], ...] = tuple(
        ThemeAtWorkshop(theme.theme_id, optional(theme.votes, reason), theme.agreed, theme.not_agreed, theme.ideas)
        for theme in one.themes
    )
    return WorkshopTold(
        held_on=one.held_on,
        place=one.place,
        facilitator_role=one.facilitator_role,
        audience=one.audience,
        audience_label=one.audience_label,
        people=figure(one.people, reason),
        minimum_base=one.minimum_base,
        votes_each=one.votes_each,
        votes=optional(one.votes, reason),
        themes=themes,
    )
