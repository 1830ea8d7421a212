"""The forms about a survey: each saves its part, keeps the rest, and loses nothing that somebody typed."""

import dataclasses
import datetime

import pytest

from engage.unit_of_work import Database
from surveys.preparation import Preparation
from surveys.question_bank import topics
from surveys.questionnaire import OtherWay, SignUpOffer, Text
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.engage.studio.about.forms import HUB, a_design, change, the_design
from tests.factories import a_questionnaire, words

TODAY = datetime.datetime.now(datetime.UTC).date()


@pytest.fixture
def officer(signed_in_as: SignedInAs) -> StaffBrowser:
    return signed_in_as("officer")


@pytest.mark.parametrize("page", ["about", "dates", "people", "equality", "audiences"])
def test_saving_what_stands_there_changes_nothing(officer: StaffBrowser, database: Database, page: str) -> None:
    ways = tuple(OtherWay(kind, words(f"By {kind} {number}")) for kind in ("paper", "telephone") for number in (1, 2))
    offers = (SignUpOffer("results", words("Get them")), SignUpOffer("workshop", words("Come")))
    prepared = Preparation(
        decision_made=False, opens_on=TODAY, closes_on=TODAY, outcome_on=TODAY, short_time_reason="Soon",
        reader_name="Ada", reader_email="ada@example.org", privacy_approved_by="D. Officer",
        planned_audiences=(("patients", 200), ("staff", 30)),
    )  # fmt: skip
    partners = (words("One trust"), words("Another"))
    a_design(database, prepared, other_ways=ways, sign_up=offers, partners=partners, equality=("age", "sex"))
    before = the_design(database)
    answer = change(officer, page, {})
    assert (answer.status_code, answer.headers["Location"]) == (303, HUB)
    assert the_design(database) == before


def test_the_reasons_are_saved(officer: StaffBrowser, database: Database) -> None:
    a_design(database)
    change(officer, "about", {"can_change": "The order.", "decision": "The board.", "decision_made": "no"})
    design = the_design(database)
    assert design.questionnaire.about.can_change == words("The order.")
    assert design.questionnaire.about.cannot_change is None
    assert design.preparation.decision_made is False


def test_whoever_says_that_it_is_decided_reads_why_there_is_nothing_to_ask(
    officer: StaffBrowser, database: Database
) -> None:
    a_design(database)
    answer = change(officer, "about", {"decision_made": "yes", "can_change": "Nothing"})
    assert answer.headers["Location"] == f"{HUB}/about"
    page = officer.get(f"{HUB}/about").text
    assert "Stop: the decision is already made" in page
    assert ">Nothing</textarea>" in page


def test_translations_survive_a_text_that_is_emptied_for_a_moment(officer: StaffBrowser, database: Database) -> None:
    contact = Text((("en", "Call us."), ("pl", "Zadzwoń."), ("ur", "فون کریں")))
    about = dataclasses.replace(a_questionnaire().about, contact=contact)
    a_design(database, about=about, languages=("en", "pl", "ur"))
    change(officer, "people", {"contact": ""}, autosave=True)
    change(officer, "people", {"contact": "Ring us."}, autosave=True)
    saved = the_design(database).questionnaire.about.contact
    assert saved == Text((("en", "Ring us."), ("pl", "Zadzwoń."), ("ur", "فون کریں")))


def test_saving_as_somebody_types_answers_with_the_new_revision(officer: StaffBrowser, database: Database) -> None:
    a_design(database)
    soon = TODAY + datetime.timedelta(days=9)
    answer = change(officer, "dates", {"closes_on": soon.isoformat()}, autosave=True)
    assert answer.json["status"] == "All changes saved"
    assert answer.json["revision"] == the_design(database).revision == 2
    assert "10 days" in answer.json["hints"]["short-time"]


@pytest.mark.parametrize("written", ["31/12/2097", "31.12.2097", "31 December 2097", "31 Dec 2097", "2097-12-31"])
def test_a_date_is_read_in_every_usual_form(officer: StaffBrowser, database: Database, written: str) -> None:
    a_design(database)
    change(officer, "dates", {"closes_on": written})
    assert the_design(database).preparation.closes_on == datetime.date(2097, 12, 31)


@pytest.mark.parametrize(
    ("page", "fields", "says"),
    [
        ("dates", {"closes_on": "30/02/2027"}, "Write the date as day, month and year"),
        ("dates", {"opens_on": "2027-05-02", "closes_on": "2027-05-01"}, "not before the first day"),
        ("dates", {"closes_on": "2027-05-02", "outcome_on": "2027-05-01"}, "not before the last day"),
        ("people", {"reader_email": "ada at example", "contact": "Kept"}, "Write an e-mail address"),
        ("people", {"partners": "\n".join(map(str, range(51))), "contact": "Kept"}, "at most 50 partners"),
        ("about", {"purpose": "x" * 2001, "can_change": "Kept"}, "2,000 characters or fewer"),
        ("equality", {"topics": ["gender_identity"]}, "Write who agreed"),
        ("equality", {"topics": ["shoe_size"]}, "Choose only answers in the list"),
        ("audiences", {"planned-patients": "many", "planned-staff": "7"}, "as a whole number such as 200"),
        ("audiences", {"another_number": "20"}, "Write which group"),
    ],
)
def test_bad_input_is_told_and_kept_and_nothing_is_saved(
    officer: StaffBrowser, database: Database, page: str, fields: dict[str, str], says: str
) -> None:
    a_design(database)
    answer = change(officer, page, fields)
    assert answer.status_code == 422
    assert answer.text.count(says) == 2, "in the summary and at the field"
    assert "<title>Error: " in answer.text
    for value in fields.values():
        assert isinstance(value, list) or value in answer.text
    assert the_design(database).revision == 1


@pytest.mark.parametrize(
    ("page", "theirs", "mine", "shown"),
    [
        ("about", {"can_change": "Theirs."}, {"can_change": "Mine."}, "Theirs."),
        ("dates", {"closes_on": "2097-05-01"}, {"closes_on": "2098-05-01"}, "2097-05-01"),
        ("people", {"reader_name": "Theirs"}, {"reader_name": "Mine"}, "Theirs"),
        ("equality", {"topics": ["religion"]}, {"topics": ["age"]}, "Religion"),
        ("audiences", {"planned-staff": "71"}, {"planned-staff": "72"}, "71"),
    ],
)
def test_two_people_on_one_page_are_told_of_each_other(
    officer: StaffBrowser, database: Database, page: str, theirs: dict, mine: dict, shown: str
) -> None:
    a_design(database)
    change(officer, page, theirs)
    met = change(officer, page, {**mine, "revision": "1"})
    assert met.status_code == 409
    assert shown in met.text
    assert the_design(database).revision == 2
    assert change(officer, page, {**mine, "revision": "2"}).status_code == 303


def test_two_people_on_two_pages_do_not_meet(officer: StaffBrowser, database: Database) -> None:
    a_design(database)
    change(officer, "about", {"can_change": "Theirs."})
    assert change(officer, "people", {"reader_name": "Mine", "revision": "1"}).status_code == 303
    design = the_design(database)
    assert (design.questionnaire.about.can_change, design.preparation.reader_name) == (words("Theirs."), "Mine")


def test_ways_and_offers_are_added_and_taken_out(officer: StaffBrowser, database: Database) -> None:
    a_design(database, other_ways=(OtherWay("paper", words("Ask.")),))
    change(officer, "people", {"paper": "", "bsl": "Meet an interpreter.", "workshop": "Come in March."})
    questionnaire = the_design(database).questionnaire
    assert questionnaire.other_ways == (OtherWay("bsl", words("Meet an interpreter.")),)
    assert questionnaire.sign_up == (SignUpOffer("workshop", words("Come in March.")),)


def test_every_topic_is_shown_with_its_wording_source_and_review(officer: StaffBrowser, database: Database) -> None:
    a_design(database)
    page = officer.get(f"{HUB}/equality").text
    for topic in topics().values():
        assert topic.questions[0].text.in_language("en") in page
        assert topic.source[:40] in page
    assert "to be looked at again by 1 May 2027" in page


def test_every_topic_can_be_taken_out(officer: StaffBrowser, database: Database) -> None:
    a_design(database, equality=("age", "sex"))
    change(officer, "equality", {"topics": []})
    assert the_design(database).questionnaire.equality == ()


def test_dates_and_numbers_can_be_taken_out(officer: StaffBrowser, database: Database) -> None:
    prepared = Preparation(opens_on=TODAY, closes_on=TODAY, planned_audiences=(("patients", 200),))
    a_design(database, prepared)
    change(officer, "dates", {"opens_on": "", "closes_on": ""})
    change(officer, "audiences", {"planned-patients": ""})
    assert the_design(database).preparation == Preparation()


def test_gender_identity_is_asked_once_somebody_has_agreed(officer: StaffBrowser, database: Database) -> None:
    a_design(database)
    change(officer, "equality", {"topics": ["gender_identity", "age"], "privacy_approved_by": "D. Officer"})
    design = the_design(database)
    assert design.questionnaire.equality == ("age", "gender_identity")
    assert design.preparation.privacy_approved_by == "D. Officer"


def test_audiences_are_planned_with_numbers_as_people_write_them(officer: StaffBrowser, database: Database) -> None:
    a_design(database)
    change(officer, "audiences", {"planned-patients": "1,200", "planned-staff": "30"})
    assert the_design(database).preparation.planned_audiences == (("patients", 1200), ("staff", 30))


def test_an_own_group_joins_the_list_for_every_survey(officer: StaffBrowser, database: Database) -> None:
    a_design(database)
    fields = {"planned-patients": "200", "another": "People on canal boats", "another_number": "15"}
    assert change(officer, "audiences", fields, autosave=True).status_code == 200
    assert "People on canal boats" not in officer.get(f"{HUB}/audiences").text, "half a word is no group"
    assert change(officer, "audiences", fields).headers["Location"] == f"{HUB}/audiences"
    page = officer.get(f"{HUB}/audiences").text
    assert 'for="planned-people-on-canal-boats">People on canal boats</label>' in page
    planned = dict(the_design(database).preparation.planned_audiences)
    assert planned == {"patients": 200, "people-on-canal-boats": 15}


def test_control_characters_never_reach_a_design(officer: StaffBrowser, database: Database) -> None:
    a_design(database)
    change(officer, "about", {"purpose": "We\x00 plan\x07.\r\nReally.", "title": "One\nline"})
    questionnaire = the_design(database).questionnaire
    assert questionnaire.about.purpose == words("We plan.\nReally.")
    assert questionnaire.title == words("One line")


def test_somebody_elses_survey_is_not_found(signed_in_as: SignedInAs, officer: StaffBrowser) -> None:
    for page in ("about", "dates", "people", "equality", "audiences", "documents"):
        assert officer.get(f"/staff/surveys/not-there/{page}").status_code == 404
        assert signed_in_as("analyst").get(f"{HUB}/{page}").status_code == 403
