"""Readers of their own places beside the total: too little is hidden, the total is everybody's, nothing leaks."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from reports import own_places
from reports.disclosure import disclose
from reports.own_places import own_results
from reports.request import disclosed_results, reported_questionnaire
from reports.results import compute_results
from reports.results_json import to_json
from reports.suppression import Judge
from reports.tabulation import Figure, Filters, Shown, Suppressed
from surveys.collecting import Sent, collect_many
from surveys.publishing import current_version
from surveys.sharing import OwnPlaces
from surveys.storage import tables
from tests.factories import NOW, TODAY, a_collector, a_survey, some_answers
from tests.reports.attacker import Attacker

QUESTION = "waiting.importance"
OPTIONS = ("not", "slightly", "quite", "very")


@pytest.fixture
def session(sqlite_database: Database) -> Iterator[Session]:
    with Session(sqlite_database.writing_engine) as session:
        yield session


def answered(
    session: Session, numbers: Sequence[tuple[str, int]], *, seed: int = 1
) -> tuple[tables.Survey, dict[str, tables.Collector], Counter[tuple[str, str]]]:
    """A survey answered by so many people at each place; the last tells how many gave each answer where."""
    chance = random.Random(seed)
    survey = a_survey(session)
    collectors = {place: a_collector(session, survey, place=place) for place, _ in numbers}
    given: Counter[tuple[str, str]] = Counter()
    sent = []
    for place, number in numbers:
        for _ in range(number):
            answer = chance.choice(OPTIONS)
            given[place, answer] += 1
            answers = some_answers(waiting__importance=answer, waiting__comment=None)
            sent.append(Sent(collectors[place], answers, "en", "web", TODAY))
    collect_many(session, version_id=current_version(session, survey=survey).id, batch_id=None, sent=sent)
    return survey, collectors, given


def shown(figure: Figure) -> float:
    assert isinstance(figure, Shown)
    return figure.value


def reader(number: int, *collectors: tables.Collector) -> OwnPlaces:
    return OwnPlaces(number, f"Trust {number}", frozenset(one.id for one in collectors))


def test_a_reader_sees_its_own_places_beside_the_total_as_published_to_all(session: Session) -> None:
    survey, at, given = answered(session, [("North / A", 40), ("South / B", 60)])
    (seen,) = own_results(session, survey=survey, readers=[reader(1, at["North / A"])], at=NOW)
    own, everybody = seen.audiences
    assert (own.label, own.responses) == ("Your places", Shown(40))
    published = disclosed_results(session, slug=survey.slug, at=NOW).everybody
    assert everybody.responses == published.responses == Shown(100)
    assert everybody.questions == published.questions
    for one, same in zip(everybody.themes, published.themes, strict=True):
        assert (one.chosen, one.rank, one.tied_with) == (same.chosen, same.rank, same.tied_with)
        assert (one.score_0_10 is None) is (same.score_0_10 is None)
        if one.score_0_10 and same.score_0_10:
            assert shown(one.score_0_10.value) == pytest.approx(shown(same.score_0_10.value))
    table = next(table for table in own.questions if table.key == QUESTION)
    assert table.counts == {answer: Shown(given["North / A", answer]) for answer in OPTIONS}
    assert (seen.who_answered, seen.groups, seen.differences) == ((), (), ())


def test_too_few_of_ones_own_are_hidden_and_the_total_stays(session: Session) -> None:
    survey, at, _ = answered(session, [("North / A", 9), ("South / B", 60)])
    (seen,) = own_results(session, survey=survey, readers=[reader(1, at["North / A"])], at=NOW)
    own, everybody = seen.audiences
    assert own.responses == Suppressed("small base")
    assert everybody.responses == Shown(69)


def test_ones_own_are_hidden_where_the_rest_would_be_too_few(session: Session) -> None:
    survey, at, _ = answered(session, [("North / A", 60), ("South / B", 4)])
    (seen,) = own_results(session, survey=survey, readers=[reader(1, at["North / A"])], at=NOW)
    assert isinstance(seen.audiences[0].responses, Suppressed)
    assert seen.audiences[1].responses == Shown(64)


def test_a_reader_with_too_few_takes_no_other_reader_along(session: Session) -> None:
    survey, at, _ = answered(session, [("A", 3), ("B", 40), ("C", 60)])
    few, enough = own_results(session, survey=survey, readers=[reader(1, at["A"]), reader(2, at["B"])], at=NOW)
    assert isinstance(few.audiences[0].responses, Suppressed)
    assert enough.audiences[0].responses == Shown(40)


def test_readers_who_put_their_pages_together_find_no_small_rest(session: Session) -> None:
    survey, at, _ = answered(session, [("A", 40), ("B", 50), ("C", 3)])
    seen = own_results(session, survey=survey, readers=[reader(1, at["A"]), reader(2, at["B"])], at=NOW)
    assert [one.audiences[0].responses for one in seen] == [Suppressed("secondary"), Shown(50)]


def test_a_reader_without_a_single_collector_sees_that_nobody_answered(session: Session) -> None:
    survey, _, _ = answered(session, [("A", 40)])
    (seen,) = own_results(session, survey=survey, readers=[reader(1)], at=NOW)
    assert [one.responses for one in seen.audiences] == [Shown(0), Shown(40)]


def leaks(session: Session, seed: int) -> list[str]:
    """What somebody who has every reader's page and the published total finds of numbers too small to publish."""
    chance = random.Random(seed)
    places = [(place, chance.choice([0, 1, 3, 6, 9, 10, 12, 20, 45])) for place in "ABCD"]
    if not any(number for _, number in places):
        return []
    survey, at, given = answered(session, places, seed=seed)
    readers = [reader(number, at[place]) for number, place in enumerate("AB")]

    def divided(people):  # type: ignore[no-untyped-def]  # As the function under test divides them.
        return own_places._by_reader(people, readers)

    computed = compute_results(session, survey=survey, filters=Filters(by="reader"), at=NOW, divided=divided)
    results = disclose(computed)
    document = to_json(results, reported_questionnaire(session, slug=survey.slug, results=results))
    # What is nobody's own is on no page.
    document["groups"] = document["groups"][: len(readers)]
    attacker = Attacker(document, question=QUESTION, field="reader", positive={"quite", "very"})
    without = Attacker(document, question=QUESTION, field="reader", positive={"quite", "very"}, reads_groups=False)
    number = dict(places)
    parts = {"0": ("A",), "1": ("B",), None: ("C", "D")}
    found = []
    for group, there in parts.items():
        if group not in {*(one["value"] for one in document["groups"]), None}:
            continue
        for answers, least in ((OPTIONS, 10), *(((one,), 5) for one in OPTIONS)):
            truth = sum(given[place, answer] for place in there for answer in answers)
            people = sum(number[place] for place in there)
            target = attacker.people(groups=(group,), answers=answers)
            if 0 < truth < least and people and attacker.find(target) is not None and without.find(target) is None:
                found.append(f"seed {seed}: {truth} of {group}")
    return found


def leaks_of_all(session: Session) -> list[str]:
    found = []
    for seed in range(40):
        with session.begin_nested() as one:
            found += leaks(session, seed)
            one.rollback()
        session.expire_all()
    return found


def test_nothing_small_can_be_worked_out_from_all_pages_together(session: Session) -> None:
    assert leaks_of_all(session) == []


def test_were_each_part_judged_alone_the_same_pages_would_leak(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def primary_only(self: Judge, line, parts, left_over, hidden, *, alike_is_news) -> None:  # type: ignore[no-untyped-def]  # As the method that it stands in for.
        for place, part in enumerate(parts):
            fault = self._fault(line, part, alike_is_news=alike_is_news)
            if fault:
                hidden.setdefault(place, fault)

    monkeypatch.setattr(Judge, "_close", primary_only)
    monkeypatch.setattr(Judge, "_exposed", lambda *_: [])
    assert len(leaks_of_all(session)) > 3
