"""How often a whole report about people who are alike calls anything higher or lower: audiences, places as groups,
places beside their expected range and two waves, all in one report.

Two waves are stored and read once as a report reads them. Then other people's answers, all drawn alike, are put into
their tables again and again, and compared by what compares them in a report.
"""

from __future__ import annotations

import datetime
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from engage import migrations
from engage.unit_of_work import Database
from reports.differences import differences
from reports.places import place_bands
from reports.request import disclosed_results
from reports.results import Computed, compute_results
from reports.statistics.means import mean_with_interval
from reports.statistics.proportions import wilson
from reports.tabulation import ChoiceTable, Estimate, Figure, Filters, Group, RatingTable, Results, Shown
from reports.waves import change_over_waves
from surveys.audiences import ensure_shipped
from surveys.collecting import Sent, collect_many
from surveys.library import library_files
from surveys.publishing import current_version
from surveys.questionnaire import Questionnaire
from surveys.questionnaire_file import read_questionnaire
from surveys.storage import tables
from surveys.waves import link_wave
from tests.factories import NOW, a_collector, a_survey

SEED = 2_027
AUDIENCES = ("patients", "staff")
CHOSEN = 3
DAY = datetime.date(2026, 11, 2)
SIZES = ((30, 20), (80, 40), (250, 100))
"""Patients and staff at each place."""
PLACES = tuple("ABCDEF")
REPORTS = 400
SAID = ("higher", "lower")


def figures() -> Iterator[tuple[str, float, float | None]]:
    """(what is measured, the value found, the value to reach), in percent of reports."""
    everywhere: list[float] = []
    for sizes in SIZES:
        said = false_reports(sizes, reports=REPORTS)
        people = f"{len(PLACES)} places with {sizes[0]} and {sizes[1]} people alike"
        for kind in ("audiences", "groups", "waves", "places"):
            yield f"Reports on {people}: words about {kind}, %", 100 * said[kind] / REPORTS, None
        yield f"Reports on {people}: places out of range, each, %", 100 * said["out of range"] / said["bands"], None
        everywhere.append(100 * said["any"] / REPORTS)
        yield f"Reports on {people} with any higher or lower, %", everywhere[-1], None
    yield "Whole reports on people alike with any higher or lower, all sizes, %", sum(everywhere) / len(SIZES), 5.0


def false_reports(sizes: tuple[int, int], *, reports: int) -> Counter[str]:
    """How many reports say "higher" or "lower", by kind of comparison and of anything."""
    chance = np.random.default_rng(SEED)
    said: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'engage.sqlite'}"
        migrations.upgrade(url)
        database = Database(url)
        with database.writing() as session:
            ensure_shipped(session)
        with Session(database.writing_engine) as session:
            stored = _stored(session, sizes, chance)
            for _ in range(reports):
                said.update(_said(session, stored, sizes, chance))
        database.writing_engine.dispose()
    return said


@dataclass(frozen=True, slots=True)
class _Stored:
    questionnaire: Questionnaire
    survey: tables.Survey
    computed: Computed
    waves: tuple[Results[Figure], Results[Figure]]


def _stored(session: Session, sizes: tuple[int, int], chance: np.random.Generator) -> _Stored:
    """Two waves as they are read for a report by place."""
    questionnaire = read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes())
    surveys = [_wave(session, replace(questionnaire, slug=slug), sizes, chance) for slug in ("one", "two")]
    link_wave(session, survey=surveys[1], earlier=surveys[0], at=NOW, by="officer@example.org")
    by = Filters(by="place")
    waves = [disclosed_results(session, slug=survey.slug, filters=by, at=NOW) for survey in surveys]
    computed = compute_results(session, survey=surveys[1], filters=by, at=NOW)
    return _Stored(questionnaire, surveys[1], computed, (waves[0], waves[1]))


def _wave(
    session: Session, questionnaire: Questionnaire, sizes: tuple[int, int], chance: np.random.Generator
) -> tables.Survey:
    survey = a_survey(session, questionnaire)
    nothing: dict[str, Any] = {item.key: None for item in questionnaire.items}
    themes, points = [theme.id for theme in questionnaire.themes], _points(questionnaire)
    sent = []
    for place in PLACES:
        for audience, people in zip(AUDIENCES, sizes, strict=True):
            code = a_collector(session, survey, name=f"{place} {audience}", place=place, audience=audience)
            for ratings, chosen in zip(*_people(people, len(themes), chance), strict=True):
                answers = {
                    **{f"{theme}.importance": points[rating] for theme, rating in zip(themes, ratings, strict=True)},
                    "matters-most": tuple(theme for theme, one in zip(themes, chosen, strict=True) if one),
                }
                sent.append(Sent(code, {**nothing, **answers}, "en", "web", DAY))
    collect_many(session, version_id=current_version(session, survey=survey).id, batch_id=None, sent=sent)
    return survey


def _points(questionnaire: Questionnaire) -> list[str]:
    """The points of the scale of importance, the best first."""
    item = questionnaire.item(f"{questionnaire.themes[0].id}.importance")
    return [option.id for option in questionnaire.options(item.question)]


def _people(people: int, themes: int, chance: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """How each rates every theme, 0 the best of four, and which three they choose. Some themes are liked better, and
    people who like one tend to like the others."""
    liking = np.linspace(-0.5, 1.5, themes) + 0.7 * chance.standard_normal((people, 1))
    ratings = np.digitize(-(liking + chance.standard_normal((people, themes))), (0, 0.8, 1.6))
    # The highest of weights plus Gumbel noise are a draw without replacement by those weights.
    drawn = np.log(np.linspace(1, 4, themes)) + chance.gumbel(size=(people, themes))
    return ratings, drawn >= np.sort(drawn, axis=1)[:, [themes - CHOSEN]]


def _said(session: Session, stored: _Stored, sizes: tuple[int, int], chance: np.random.Generator) -> Counter[str]:
    """Which kinds of words one report on other people has."""
    earlier, later = (_drawn(results, stored.questionnaire, sizes, chance) for results in stored.waves)
    change = change_over_waves(
        session, survey=stored.survey, results=later, disclosed=lambda *_: replace(earlier, groups=())
    )
    assert change is not None
    compared = differences(stored.computed, later.everybody, later.audiences, later.groups)
    bands = place_bands(later.everybody, later.groups, stored.questionnaire, {})
    words = {
        "audiences": [one.words for one in compared if one.field == "audience"],
        "groups": [one.words for one in compared if one.field == "place"],
        "waves": [one.words for one in change.series],
        "places": [one.words for one in bands],
    }
    assert all(words.values())
    said = Counter({kind: 1 for kind, those in words.items() if any(one in SAID for one in those)})
    said["any"] = int(bool(said))
    said["bands"] = len(bands)
    said["out of range"] = sum(band.band in ("higher than expected", "lower than expected") for band in bands)
    return said


def _drawn(
    results: Results[Figure], questionnaire: Questionnaire, sizes: tuple[int, int], chance: np.random.Generator
) -> Results[Figure]:
    """The same results with other people's answers in them."""
    themes = len(questionnaire.themes)
    parts = {
        (audience, place): _people(people, themes, chance)
        for place in PLACES
        for audience, people in zip(AUDIENCES, sizes, strict=True)
    }

    def of(group: Group[Figure], where: Sequence[tuple[str, str]]) -> Group[Figure]:
        ratings, chosen = (np.concatenate([parts[one][which] for one in where]) for which in (0, 1))
        return _with_answers(group, questionnaire, ratings, chosen)

    return replace(
        results,
        everybody=of(results.everybody, list(parts)),
        audiences=tuple(
            of(one, [part for part in parts if part[0] == one.value]) if one.responses != Shown(0) else one
            for one in results.audiences
        ),
        groups=tuple(of(one, [part for part in parts if part[1] == one.value]) for one in results.groups),
    )


def _with_answers(
    group: Group[Figure], questionnaire: Questionnaire, ratings: NDArray[np.int64], chosen: NDArray[np.bool_]
) -> Group[Figure]:
    people, themes, points = len(ratings), [theme.id for theme in questionnaire.themes], _points(questionnaire)
    scores = 10 * (len(points) - 1 - ratings) / (len(points) - 1)
    chose = dict(zip(themes, chosen.sum(axis=0).tolist(), strict=True))
    # The two best points are positive.
    positive = dict(zip(themes, (ratings < 2).sum(axis=0).tolist(), strict=True))
    at = {theme: np.bincount(ratings[:, place], minlength=len(points)) for place, theme in enumerate(themes)}
    score = {theme: _score(scores[:, place]) for place, theme in enumerate(themes)}
    base = Shown(people)
    tabled = tuple(
        replace(
            table,
            chosen_count=Shown(chose[table.theme_id]),
            chosen_base=base,
            chosen=_share(chose[table.theme_id], people),
            score_base=base,
            score_0_10=score[table.theme_id],
        )
        for table in group.themes
    )
    questions: list[Any] = []
    for table in group.questions:
        if isinstance(table, RatingTable) and table.theme_id is not None:
            rated: dict[str, Figure] = {
                point: Shown(int(n)) for point, n in zip(points, at[table.theme_id], strict=True)
            }
            share = _share(positive[table.theme_id], people)
            questions.append(replace(table, base=base, counts=rated, percent_positive=share))
        elif isinstance(table, ChoiceTable) and set(themes) <= table.counts.keys():
            percent = {theme: _share(chose[theme], people) for theme in themes}
            counts: dict[str, Figure] = {**table.counts, **{theme: Shown(chose[theme]) for theme in themes}}
            questions.append(replace(table, base=base, counts=counts, percent={**table.percent, **percent}))
    return replace(group, responses=base, themes=tabled, questions=tuple(questions))


def _share(positive: int, base: int) -> Estimate[Figure]:
    low, high = wilson(positive, base) or (0.0, 1.0)
    return Estimate(Shown(100 * positive / base), Shown(100 * low), Shown(100 * high))


def _score(values: NDArray[np.float64]) -> Estimate[Figure]:
    mean = mean_with_interval(
        base=len(values), total=float(values.sum()), squares=float(values @ values), lowest=0, highest=10
    )
    assert mean is not None
    assert mean.low is not None
    assert mean.high is not None
    return Estimate(Shown(mean.value), Shown(mean.low), Shown(mean.high))
