"""Each finding leads to the page and the field where it is put right, and no page asks the database too often."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask

from engage.unit_of_work import Database
from surveys.preparation import Preparation
from surveys.publishing import publish
from surveys.questionnaire import ChoiceQuestion, LongTextQuestion, Option, Page, TextQuestion
from tests.engage.conftest import SignedInAs
from tests.engage.queries import queries_counted
from tests.engage.studio.going_live.designs import a_design, a_ready_questionnaire, edit
from tests.factories import NOW, TODAY, a_collector, ensure_root, words
from tests.surveys.wording.flyer import flyer

LINK = re.compile(r'<a href="(/staff/surveys/flyer/[^"]+)">')


@pytest.mark.parametrize("page", ["checks", "publish"])
def test_every_way_leads_to_a_page_with_the_field(signed_in_as: SignedInAs, database: Database, page: str) -> None:
    survey = flyer()
    theme = replace(survey.themes[0], picture="a.png", video="https://example.org/v")
    faulty = (
        Page(
            id="age",
            questions=(
                ChoiceQuestion(
                    id="age", text=words("Age"), options=(Option("a", words("18-25")), Option("b", words("25-35")))
                ),
            ),
        ),
        Page(id="who", questions=(TextQuestion(id="who", text=words("What is your name?")),)),
        Page(id="blank", title=words(""), questions=(LongTextQuestion(id="blank", text=words("")),)),
    )
    each = tuple(replace(asked, text=words("")) for asked in survey.ask_about_each_theme)
    point = replace(survey.scales[0].points[0], label=words(""))
    scale = replace(survey.scales[0], points=(point, *survey.scales[0].points[1:]))
    with database.writing() as session:
        a_design(
            session,
            replace(
                survey,
                languages=("en", "ur"),
                themes=(theme, *survey.themes[1:]),
                pages=faulty,
                ask_about_each_theme=each,
                scales=(scale,),
                title=words(""),
                organisation=words(""),
            ),
            Preparation(poster_promises="Come to our workshop."),
        )
    officer = signed_in_as("officer")
    links = {unescape(link) for link in LINK.findall(officer.get(f"/staff/surveys/flyer/{page}").text)}
    assert len(links) > 12
    for link in links:
        address, _, field = link.partition("#")
        found = officer.get(address)
        assert found.status_code == 200, link
        assert not field or f'id="{field}"' in found.text, link


@pytest.mark.parametrize("page", ["checks", "publish", "published", "versions", "close", "reopen", "withdraw"])
def test_a_page_asks_the_database_little_whatever_was_published(
    application: Flask, signed_in_as: SignedInAs, database: Database, page: str
) -> None:
    with database.writing() as session:
        survey = a_design(session)
        for number in range(35):
            one = a_ready_questionnaire(title=words(f"Version {number}"))
            publish(
                session,
                organisation=ensure_root(session),
                questionnaire=one,
                at=NOW,
                by="a",
                same_meaning=True,
                closes=TODAY,
            )
            a_collector(session, survey)
        edit(session, survey, {"audience": words("Everybody")})
    officer = signed_in_as("officer")
    with queries_counted(application) as sent:
        assert officer.get(f"/staff/surveys/small-survey/{page}").status_code == 200
    assert len(sent) <= 30
