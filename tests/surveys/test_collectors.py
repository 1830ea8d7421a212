"""Collectors: adding them, finding them by what someone typed, and keeping that cheap."""

import datetime
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from engage.unit_of_work import Database
from surveys.audiences import SHIPPED, AudienceNotFound, add_audience, audience_choices, is_staff
from surveys.collectors import (
    CollectorNotFound,
    RecentCollectors,
    UnopenedCollector,
    add_collector,
    collectors_of,
    find_collector,
    normalise_place,
    resolve_code,
    restart_collector,
    stop_collector,
    unopened_collector,
)
from surveys.designing import ensure_design, new_design, save_design
from surveys.organisations import ensure_root
from surveys.publishing import accepts_answers, survey_status
from surveys.short_codes import normalise
from surveys.storage import tables
from tests.factories import NOW, a_collector, a_questionnaire, a_survey, words

HOUR = datetime.timedelta(hours=1)


def test_a_collector_gets_a_code_and_a_normal_place(session: Session) -> None:
    collector = a_collector(session, place=" Alliance/ North  Place //Trust/", name="  Ward\n7 ")
    assert normalise(collector.code).code == collector.code
    assert collector.place == "Alliance / North Place / Trust"
    assert collector.name == "Ward 7"
    assert collectors_of(session, survey=collector.survey) == [collector]


def test_a_code_is_found_however_it_is_typed(session: Session) -> None:
    collector = a_collector(session)
    typed = f"{collector.code[:3].lower()}-{collector.code[3:]} "
    resolved = resolve_code(session, typed)
    assert resolved is not None
    assert (resolved.id, resolved.survey_id, resolved.slug) == (collector.id, collector.survey_id, "small-survey")
    assert find_collector(session, code=typed) is collector
    assert resolve_code(session, "222222") is None
    assert resolve_code(session, "'; DROP TABLE collector; --") is None
    with pytest.raises(CollectorNotFound):
        find_collector(session, code="222222")


def test_an_unknown_audience_is_answered_with_those_there_are(session: Session) -> None:
    survey = a_survey(session)
    with pytest.raises(AudienceNotFound, match=r"carers, .*healthwatch, .*patients, .*staff_nursing"):
        a_collector(session, survey, audience="aliens")
    assert a_collector(session, survey, audience="Primary care").audience_id == "primary_care"
    add_audience(session, audience_id="volunteers", label="Volunteers", minimum_base=12)
    assert a_collector(session, survey, audience="volunteers").audience_id == "volunteers"
    with pytest.raises(ValueError, match="who said what"):
        add_audience(session, audience_id="few", label="Few", minimum_base=4)


def test_staff_and_every_group_of_them_need_one_person_more(session: Session) -> None:
    a_survey(session)
    bases = {row.id: row.minimum_base for row in session.query(tables.Audience)}
    staff = {id_ for id_ in bases if is_staff(id_)}
    assert {"staff", "staff_nursing", "staff_medical", "staff_allied_health", "staff_administrative"} < staff
    assert {bases[id_] for id_ in staff} == {11}
    assert {base for id_, base in bases.items() if id_ not in staff} == {10}


def test_the_choice_of_audiences_begins_with_the_shipped_ones_and_keeps_changed_labels(session: Session) -> None:
    assert dict(audience_choices(session))["patients"] == "Patients"
    a_survey(session)
    add_audience(session, audience_id="anglers", label="Anglers")
    session.get_one(tables.Audience, "patients").label = "People we care for"
    choices = audience_choices(session)
    assert choices[0] == ("patients", "People we care for")
    assert choices[-1] == ("anglers", "Anglers")
    assert len(choices) == len(dict(choices)) == len(SHIPPED) + 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"place": "x" * 501}, "place"),
        ({"channel": "x" * 101}, "channel"),
        ({"language": "cy"}, "it is in en"),
    ],
)
def test_what_a_collector_cannot_be_is_said(session: Session, change: dict[str, str], message: str) -> None:
    survey = a_survey(session)
    with pytest.raises(ValueError, match=message):
        a_collector(session, survey, **change)
    assert collectors_of(session, survey=survey) == []


def test_a_survey_without_a_version_has_no_way_in(session: Session) -> None:
    survey = a_survey(session)
    unpublished = tables.Survey(organisation_id=survey.organisation_id, slug="unpublished", created_at=NOW)
    session.add(unpublished)
    session.flush()
    with pytest.raises(LookupError, match="neither a design nor a published version"):
        add_collector(session, survey=unpublished, name="Nowhere", at=NOW, by="officer@example.org")


def test_a_code_that_is_taken_is_never_given_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = a_collector(session)
    stop_collector(session, collector=taken, at=NOW, by="officer@example.org")
    offered = iter([taken.code, taken.code, "7C3QX8"])
    monkeypatch.setattr("surveys.collectors.new_code", lambda: next(offered))
    assert a_collector(session, taken.survey).code == "7C3QX8"


def test_a_stopped_collector_closes_before_its_survey(session: Session) -> None:
    collector = a_collector(session, a_survey(session, closes=datetime.date(2026, 12, 24)))
    stop_collector(session, collector=collector, at=NOW, by="officer@example.org")
    resolved = resolve_code(session, collector.code)
    assert resolved is not None
    assert survey_status(resolved, NOW - HOUR) == "open"
    assert survey_status(resolved, NOW) == "closed"
    assert accepts_answers(resolved, at=NOW + HOUR, begun_at=NOW - HOUR)


def test_places_keep_their_spelling_and_lose_empty_parts() -> None:
    assert normalise_place("") == ""
    assert normalise_place(" / ") == ""
    assert normalise_place("St Mary’s/Ward 7") == "St Mary’s / Ward 7"


def test_recent_collectors_are_read_again_after_two_seconds(database: Database) -> None:
    now = [100.0]
    opened = []

    def reading():  # type: ignore[no-untyped-def]
        opened.append(now[0])
        return database.reading()

    with database.writing() as session:
        collector = a_collector(session)
        code = collector.code
    recent = RecentCollectors(reading, clock=lambda: now[0])
    first = recent.resolve(code.lower())
    assert first is not None
    with database.writing() as session:
        changed = a_questionnaire(title=words("A new version"))
        survey = a_survey(session, changed)
        survey.withdrawn_at = NOW
    now[0] += 1.9
    assert recent.resolve(code) is first
    assert opened == [100.0]
    now[0] += 0.2
    second = recent.resolve(code)
    assert second is not None
    assert second.version_id > first.version_id
    assert survey_status(second, NOW) == "withdrawn"


def test_unknown_codes_are_asked_for_each_time_and_take_no_memory(database: Database) -> None:
    recent = RecentCollectors(database.reading, most=2)
    assert recent.resolve("222222") is None
    assert recent.resolve("nonsense") is None
    with database.writing() as session:
        survey = a_survey(session)
        codes = [a_collector(session, survey).code for _ in range(5)]
    found = [recent.resolve(code) for code in codes]
    assert [collector and collector.code for collector in found] == codes
    assert len(recent._known) <= 2


def a_design(session: Session, **changes: object) -> tables.Survey:
    """A survey that is still being designed."""
    made = new_design(
        session,
        organisation=ensure_root(session),
        questionnaire=a_questionnaire(slug="being-designed", **changes),
        at=NOW,
        by="officer@example.org",
    )
    return session.get_one(tables.Survey, made.survey_id)


def test_a_survey_that_is_being_designed_gets_codes_before_it_is_published(session: Session) -> None:
    survey = a_design(session, languages=("en", "ur"))
    collector = a_collector(session, survey, language="ur")
    assert resolve_code(session, collector.code) is None
    assert unopened_collector(session, collector.code) == UnopenedCollector(collector.code, "ur")
    with pytest.raises(ValueError, match="it is in en, ur"):
        a_collector(session, survey, language="pl")


def test_a_language_of_the_next_edition_can_be_planned_for(session: Session) -> None:
    survey = a_survey(session)
    design = ensure_design(session, survey=survey, at=NOW, by="officer@example.org")
    save_design(
        session,
        survey=survey,
        seen=design.revision,
        part=lambda content: content.questionnaire.languages,
        change=lambda content: replace(content, questionnaire=replace(content.questionnaire, languages=("en", "ur"))),
        says="Urdu added",
        at=NOW,
        by="officer@example.org",
    )
    assert a_collector(session, survey, language="ur").language == "ur"


def test_only_a_code_of_an_unpublished_survey_is_not_open_yet(session: Session) -> None:
    assert unopened_collector(session, a_collector(session).code) is None
    assert unopened_collector(session, "222222") is None
    assert unopened_collector(session, "nonsense") is None


def test_a_stopped_collector_is_opened_again_under_its_own_code(session: Session) -> None:
    collector = a_collector(session)
    stop_collector(session, collector=collector, at=NOW, by="officer@example.org")
    restart_collector(session, collector=collector, at=NOW + HOUR, by="officer@example.org")
    resolved = resolve_code(session, collector.code)
    assert resolved is not None
    assert survey_status(resolved, NOW + HOUR) == "open"
