"""All figures of a survey before disclosure control, and beside them what disclosure control needs to judge them.

Nothing of this leaves the package: ``reports.disclosure`` turns it into what may be shown.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from reports.channel_order import order_by_channel_agrees
from reports.distributions import Cells, cells_of, count_comments, count_item, read_commented
from reports.divisions import Survey, groups_by, survey_of
from reports.filtering import Kept, kept_responses, version_asked_for
from reports.mentions.quality import read_coding
from reports.mentions.reading import Coded, Rows, read_coded
from reports.method import method_note
from reports.people import People, read_people
from reports.places import computed_by_place
from reports.populations import Counted, Population, group_of
from reports.published_counts import Given, major_version, read_crossed, read_given
from reports.quotes import read_quotes
from reports.reference_groups import ReferenceData, reference_data
from reports.splitting import Backgrounds, Split, read_backgrounds
from reports.suppression import Line
from reports.tabulation import DisclosureRules, Filters, Group, Raw, Results
from reports.theme_tables import orders_disagree, theme_data
from reports.who_answered import WhoAnswered, who_answered
from reports.workshops_said import read_workshops
from surveys.audiences import DEFAULT_MINIMUM_BASE, STAFF_MINIMUM_BASE, is_staff
from surveys.place_thresholds import PlaceThresholds, find_thresholds
from surveys.questionnaire import Questionnaire
from surveys.storage import tables

MINIMUM_CELL = 5


@dataclass(frozen=True, slots=True)
class Computed:
    """Raw results, and the people behind them by audience and group (axes as in ``distributions``).

    ``responses``: the line of everybody. ``questions`` by item key, ``themes`` (composite scores) by theme id.
    ``thresholds``: minimum base of each audience in the order of the arrays. ``split``: what groups are made by.
    ``survey`` is everybody, whatever was asked for, and ``kept`` whom of them the filters keep. ``is_shared``: the
    groups are readers who see their own places alone. ``places``: the same by place, with what places are compared on.
    ``coded``: what comments say, of everybody. ``given`` is what was given out before, none of a demonstration, and
    ``crossed`` which crossed fields were, in their order.
    """

    results: Results[Raw]
    questionnaire: Questionnaire
    thresholds: NDArray[np.int64]
    split: Split | None
    responses: Line
    questions: Mapping[str, Line]
    themes: Mapping[str, Line]
    who_answered: tuple[WhoAnswered, ...]
    survey: Survey
    kept: Kept | None
    is_shared: bool
    given: tuple[Given, ...]
    crossed: tuple[str, ...]
    place_thresholds: PlaceThresholds
    reference: ReferenceData | None
    coded: Coded
    places: Computed | None = None


def compute_results(
    session: Session,
    *,
    survey: tables.Survey,
    filters: Filters,
    at: datetime.datetime,
    divided: Callable[[People], Split] | None = None,
) -> Computed:
    """Read, count and estimate. ``filters`` are already in whole weeks (``filtering.whole_weeks``).

    ``divided`` makes the groups in place of a field that ``filters`` name. Raises UnknownField, UnknownVersion and
    FilterRefused; LookupError for a survey that was never published.
    """
    people = read_people(session, survey=survey, version=version_asked_for(filters))
    language = people.questionnaire.language
    backgrounds = read_backgrounds(session, survey_id=survey.id, matrix=people.matrix, language=language)
    surveyed = survey_of(people, backgrounds)
    filters, filtered = kept_responses(surveyed, backgrounds, filters)
    kept = filtered.mask if filtered else None
    audience, minimum_bases = surveyed.audience, surveyed.thresholds
    by = None
    if divided is not None:
        by = divided(people)
    elif filters.by:
        by = groups_by(surveyed, backgrounds, filters.by)
    cells = cells_of(
        kept=kept,
        audience=audience.codes,
        audiences=len(audience.values),
        group=by.codes if by else np.full(people.matrix.responses, -1, dtype=np.int32),
        groups=len(by.values) if by else 0,
    )
    commented = read_commented(session, survey_id=survey.id, matrix=people.matrix)
    counted = _count(people, cells, commented)
    coded = read_coded(
        session,
        survey_id=survey.id,
        matrix=people.matrix,
        commented=commented,
        keys=[item.key for item in people.questionnaire.items],
    )
    # Where nothing is coded, nobody needs the places of a million comments any more.
    del commented
    everyone = np.ones(people.matrix.responses, dtype=bool) if kept is None else kept
    everybody, audiences, groups = _groups(counted, everyone, audience, by, minimum_bases)
    chosen = counted.themes.ballots is not None
    results: Results[Raw] = Results(
        survey_slug=survey.slug,
        survey_title=dict(people.questionnaire.title.by_language),
        demonstration=people.questionnaire.demonstration,
        versions=tuple(people.version_numbers.values()),
        period=_period(people, everyone),
        filters=filters,
        generated_at=at,
        data_fingerprint=_fingerprint(people, counted, backgrounds, coded),
        rules=_rules(people),
        pooling=None,
        headline_order="chosen" if chosen else "score",
        orders_disagree=orders_disagree(everybody.themes),
        everybody=everybody,
        audiences=audiences,
        groups=groups,
        who_answered=(),
        # Groups are compared by what may be shown of them.
        differences=(),
        method=method_note(people),
        # Beside a filter, a quote would tell in which group its writer is.
        quotes=read_quotes(session, survey=survey, questionnaire=people.questionnaire)
        if kept is None and divided is None
        else None,
        # No filter tells anything of people at a workshop, so beside one they would be taken for those it keeps.
        workshops=read_workshops(session, survey=survey, questionnaire=people.questionnaire, rules=_rules(people))
        if kept is None and divided is None
        else (),
        order_by_channel_agrees=order_by_channel_agrees(people, counted.themes, everyone=everyone, audience=audience),
        coding=read_coding(session, survey_id=survey.id, frames=[item.frame for item in coded.items]),
    )
    computed = Computed(
        results=results,
        questionnaire=people.questionnaire,
        thresholds=minimum_bases,
        split=by,
        responses=Line(counted.responses, counted.responses),
        questions=counted.lines(),
        themes={
            theme: Line(base, base)
            for theme, base in zip(counted.themes.themes, counted.themes.scores.base, strict=True)
        },
        who_answered=who_answered(surveyed) if kept is None else (),
        survey=replace(surveyed, scores=counted.themes.scores.values),
        kept=filtered,
        is_shared=divided is not None,
        given=()
        if people.questionnaire.demonstration
        else tuple(read_given(session, survey=survey, version=major_version(surveyed))),
        crossed=read_crossed(session, survey=survey, version=major_version(surveyed)),
        # What a filter leaves of the survey is not who answered it, and readers of their own places are not either.
        reference=reference_data(
            session,
            survey=survey,
            people=people,
            backgrounds=backgrounds,
            audience=audience,
            themes=counted.themes,
        )
        if kept is None and divided is None
        else None,
        place_thresholds=find_thresholds(session, survey=survey),
        coded=coded,
    )
    return replace(computed, places=computed_by_place(computed, counted))


def _count(people: People, cells: Cells, commented: Mapping[str, Rows]) -> Counted:
    """Everything that is counted once for all populations."""
    matrix = people.matrix
    return Counted(
        questionnaire=people.questionnaire,
        matrix=matrix,
        cells=cells,
        responses=cells.count(),
        items={column.key: count_item(matrix, column, cells) for column in matrix.layout.columns},
        comments=count_comments(commented, cells),
        themes=theme_data(people.questionnaire, matrix, cells),
    )


def _groups(
    counted: Counted, everyone: NDArray[np.bool_], audience: Split, by: Split | None, minimum_bases: NDArray[np.int64]
) -> tuple[Group[Raw], tuple[Group[Raw], ...], tuple[Group[Raw], ...]]:
    """Everybody, each audience, each group."""

    def of(population: Population) -> Group[Raw]:
        return group_of(counted, population, minimum_bases=minimum_bases)

    everybody = of(Population(None, None, "Everybody", (0,), everyone))
    audiences = tuple(
        of(Population("audience", value, audience.labels[value], (0, place), everyone & (audience.codes == place)))
        for place, value in enumerate(audience.values)
    )
    if by is None:
        return everybody, audiences, ()
    groups = tuple(
        of(Population(by.field, value, by.labels[value], (0, slice(None), place), everyone & (by.codes == place)))
        for place, value in enumerate(by.values)
    )
    return everybody, audiences, groups


def _period(people: People, everyone: NDArray[np.bool_]) -> tuple[datetime.date, datetime.date] | None:
    days = people.matrix.submitted_on
    found = [days.values[code] for code in np.unique(days.codes[everyone])]
    return (min(found), max(found)) if found else None


def _rules(people: People) -> DisclosureRules:
    present = {id_: one.minimum_base for id_, one in people.audiences.items() if id_ in people.audience_ids}
    others = [base for id_, base in present.items() if not is_staff(id_)]
    staff = [base for id_, base in present.items() if is_staff(id_)]
    if not staff and "staff" in people.audiences:
        staff = [people.audiences["staff"].minimum_base]
    return DisclosureRules(
        minimum_base=max(others, default=DEFAULT_MINIMUM_BASE),
        minimum_base_staff=max(staff, default=STAFF_MINIMUM_BASE),
        minimum_cell=MINIMUM_CELL,
    )


def _fingerprint(people: People, counted: Counted, backgrounds: Backgrounds, coded: Coded) -> str:
    """Over the stored responses, how many commented on what, the background answers tied to them and the codes."""
    digest = hashlib.sha256(people.matrix.fingerprint.encode())
    for key, counts in sorted(counted.comments.items()):
        digest.update(f"{key} {int(counts.sum())}\n".encode())
    for field, one in sorted(backgrounds.items()):
        digest.update(field.encode() + one.codes.astype("<i4").tobytes())
    digest.update(coded.fingerprint.encode())
    return digest.hexdigest()
