"""The steps to publish: each says how far it is, and one of them is next."""

import dataclasses
import datetime

import pytest

from engage.studio.tasks import Facts, Task, next_task, tasks_of
from surveys.preparation import Preparation
from surveys.questionnaire import About, Questionnaire
from tests.factories import TODAY, a_questionnaire, words

NOTHING = Facts(
    today=TODAY, open_places=0, documents=0, languages_behind=0, must=0, should=0, was_tried=False, published=False,
    changed=False,
)  # fmt: skip
DECIDED = Preparation(
    decision_made=False,
    closes_on=TODAY + datetime.timedelta(weeks=6),
    outcome_on=TODAY + datetime.timedelta(weeks=10),
    reader_name="Ada Reader",
    reader_email="ada@example.org",
)
SAID = About(
    purpose=words("We plan."),
    can_change=words("The order."),
    cannot_change=words("The law."),
    decision=words("The board, in June."),
    contact=words("Call us."),
    help_line=words("Call 111."),
    outcome_promise=words("We publish what people said."),
)


def task(address: str, questionnaire: Questionnaire, preparation: Preparation = DECIDED, **facts: object) -> Task:
    every = tasks_of(questionnaire, preparation, dataclasses.replace(NOTHING, **facts))
    return next(one for one in every if one.address == address)


def finished(**changes: object) -> Questionnaire:
    return a_questionnaire(**{"about": SAID, **changes})


def test_a_survey_that_lacks_nothing_leads_step_by_step_to_publishing() -> None:
    facts, steps = NOTHING, []
    for done in ({"open_places": 1}, {"was_tried": True}, {"published": True}, {}):
        following = next_task(tasks_of(finished(), DECIDED, facts))
        steps.append(following.address if following else None)
        facts = dataclasses.replace(facts, **done)
    assert steps == ["share", "preview", "publish", None]


def test_themes_come_first() -> None:
    empty = finished(themes=())
    assert task("themes", empty).status == "not_started"
    following = next_task(tasks_of(empty, DECIDED, NOTHING))
    assert following is not None
    assert following.address == "themes"


def test_a_theme_without_words_is_in_progress() -> None:
    first, *others = a_questionnaire().themes
    half = finished(themes=(dataclasses.replace(first, explanation=words("")), *others))
    assert task("themes", half).status == "in_progress"


def test_a_survey_without_themes_needs_none() -> None:
    assert task("themes", finished(themes=(), ask_about_each_theme=())).status == "ready"


def test_what_is_not_said_yet_is_named() -> None:
    about = task("about", finished(about=dataclasses.replace(SAID, cannot_change=None)))
    assert (about.status, about.says) == ("in_progress", "Still to say: what cannot change")


def test_a_decision_that_is_made_stops_everything() -> None:
    decided = dataclasses.replace(DECIDED, decision_made=True)
    assert task("about", finished(), decided).status == "needs_attention"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "ready"),
        ({"closes_on": None, "outcome_on": None}, "not_started"),
        ({"outcome_on": None}, "in_progress"),
        ({"closes_on": TODAY - datetime.timedelta(days=1)}, "needs_attention"),
        ({"closes_on": TODAY + datetime.timedelta(days=26)}, "needs_attention"),
        ({"closes_on": TODAY + datetime.timedelta(days=27)}, "ready"),
        ({"closes_on": TODAY + datetime.timedelta(days=9), "short_time_reason": "The board meets."}, "ready"),
        ({"opens_on": TODAY + datetime.timedelta(weeks=7)}, "needs_attention"),
    ],
)
def test_dates_leave_people_time_or_say_why_not(changes: dict[str, object], status: str) -> None:
    assert task("dates", finished(), dataclasses.replace(DECIDED, **changes)).status == status


def test_comments_need_somebody_who_reads_them() -> None:
    nobody = dataclasses.replace(DECIDED, reader_name="", reader_email="")
    assert task("people", finished(), nobody).status == "in_progress"
    without_comments = finished(ask_about_each_theme=a_questionnaire().ask_about_each_theme[:1], pages=())
    assert task("people", without_comments, nobody).status == "ready"


def test_gender_identity_needs_somebodys_name() -> None:
    asks = finished(equality=("age", "gender_identity"))
    assert task("equality", asks).status == "needs_attention"
    assert task("equality", asks, dataclasses.replace(DECIDED, privacy_approved_by="D. Officer")).status == "ready"


def test_wording_past_its_review_date_needs_a_look() -> None:
    much_later = datetime.date(2099, 1, 1)
    assert task("equality", finished(), today=much_later).status == "needs_attention"


@pytest.mark.parametrize(
    ("address", "facts", "status"),
    [
        ("share", {"open_places": 3}, "ready"), ("editions", {"languages_behind": 1}, "needs_attention"),
        ("preview", {"was_tried": True}, "ready"), ("checks", {"must": 1, "should": 2}, "needs_attention"),
        ("checks", {"should": 2}, "in_progress"), ("publish", {"published": True}, "ready"),
        ("publish", {"published": True, "changed": True}, "needs_attention"), ("documents", {"documents": 1}, "ready"),
    ],
)  # fmt: skip
def test_facts_beside_the_design_decide_the_other_steps(address: str, facts: dict[str, object], status: str) -> None:
    assert task(address, finished(), **facts).status == status


def test_trying_it_before_the_last_change_is_not_enough() -> None:
    assert task("preview", finished(), dataclasses.replace(DECIDED, previewed=3)).status == "needs_attention"


def test_advice_alone_never_stands_before_publishing() -> None:
    facts = dataclasses.replace(NOTHING, open_places=1, was_tried=True, should=5)
    following = next_task(tasks_of(finished(), DECIDED, facts))
    assert following is not None
    assert following.address == "publish"
