"""The demonstration: the shipped survey with places to answer, invented answers, documents and a staff account.

Everything passes through the functions that real surveys pass through, and everything made of it says on every page
that it is a demonstration.
"""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.access.accounts import add_account, find_account
from engage.demonstration.people import DAYS, PATIENT_AUDIENCE, SEED, STAFF_AUDIENCE, Audience, people
from engage.demonstration.reading import read_code_and_quote
from engage.demonstration.unusual_comments import with_unusual_comments
from engage.demonstration.visits import visits_for
from engage.respond.page_counts import add_counts
from surveys.audiences import ensure_shipped
from surveys.collecting import add_equality_answers, collect
from surveys.collectors import add_collector, collectors_of
from surveys.library import library_files
from surveys.organisations import ensure_root
from surveys.publishing import current_version, load_version, publish
from surveys.question_bank import BANK_VERSION
from surveys.questionnaire import Questionnaire, Text
from surveys.questionnaire_file import read_questionnaire
from surveys.reference_population import fields_of, put_reference, read_reference
from surveys.storage import tables

BY = "demonstration"
_REFERENCE = Path(__file__).with_name("reference-population.csv")
EMAIL = "officer@demonstration.example.org"
CLOSES = datetime.date(2027, 1, 31)
"""The closing day that the shipped survey names; later demonstrations stay open for another four weeks."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A collector of the demonstration and the people who answer there."""

    name: str
    place: str
    audience: str
    channel: str
    answers: int
    opinions: Audience


_ALLIANCE = "Northshire Alliance"
_TRUST = f"{_ALLIANCE} / Northfield"
_PLACES = (
    _Place("Waiting room", f"{_TRUST} / Cancer Centre", "patients", "poster", 198, PATIENT_AUDIENCE),
    _Place("Chemotherapy unit", f"{_ALLIANCE} / Eastbury / Day Unit", "patients", "leaflet", 121, PATIENT_AUDIENCE),
    _Place("Staff rooms", f"{_TRUST} / Cancer Centre", "staff", "email to staff", 64, STAFF_AUDIENCE),
)


class DemonstrationRefused(ValueError):
    """This installation already has a real survey of the same name; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What there is to try. ``created`` False where it was all there before; codes are in the order of the places."""

    slug: str
    codes: tuple[str, ...]
    created: bool


def shipped_survey(*, today: datetime.date) -> tuple[Questionnaire, datetime.date]:
    """The shipped survey marked as a demonstration, and a closing day in the future."""
    survey = read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes())
    closes = max(CLOSES, today + datetime.timedelta(weeks=4))
    words = Text(((survey.language, f"{closes.day} {closes:%B %Y}"),))
    return replace(survey, demonstration=True, about=replace(survey.about, closing=words)), closes


def set_up(session: Session, *, at: datetime.datetime, today: datetime.date, time_zone: str) -> Demonstration:
    """Publish the survey, add its places and fill in the answers, all in the caller's transaction; once.

    ``today`` is the organisation's date. Raises DemonstrationRefused.
    """
    questionnaire, closes = shipped_survey(today=today)
    survey = session.scalar(select(tables.Survey).where(tables.Survey.slug == questionnaire.slug))
    if survey is not None:
        if not load_version(session, current_version(session, survey=survey).id).demonstration:
            raise DemonstrationRefused(
                f"There is a real survey named {survey.slug} here. Demonstrate in an installation of its own: "
                "ENGAGE_INSTANCE=/tmp/engage-demo make demo"
            )
        codes = tuple(collector.code for collector in collectors_of(session, survey=survey))
        return Demonstration(survey.slug, codes[: len(_PLACES)], created=False)
    organisation = ensure_root(session, name=questionnaire.organisation.in_language(questionnaire.language))
    organisation.standing_texts = _standing_texts(questionnaire)
    ensure_shipped(session)
    opens = today - datetime.timedelta(days=DAYS)
    version = publish(
        session,
        organisation=organisation,
        questionnaire=questionnaire,
        at=at - datetime.timedelta(days=DAYS),
        by=BY,
        opens=opens,
        closes=closes,
        time_zone=time_zone,
    )
    survey = session.scalars(select(tables.Survey).where(tables.Survey.slug == version.slug)).one()
    codes = tuple(
        _fill(session, survey, version.id, place, number, at=at, today=today) for number, place in enumerate(_PLACES)
    )
    _compare(session, survey, at=at)
    read_code_and_quote(session, survey=survey, at=at, today=today)
    return Demonstration(version.slug, codes, created=True)


def _compare(session: Session, survey: tables.Survey, *, at: datetime.datetime) -> None:
    """Give the survey a population to compare its patients with; like everything here it is invented, and says so."""
    population = read_reference(_REFERENCE.read_bytes(), fields_of(session, survey=survey))
    put_reference(session, survey=survey, population=population, file_name=_REFERENCE.name, at=at, by=BY)


def _standing_texts(questionnaire: Questionnaire) -> dict[str, str]:
    """What a new survey in the demonstration begins with: the contacts and ways to take part of the shipped one."""
    about, own = questionnaire.about, questionnaire.language
    texts = {"contact": about.contact, "help_line": about.help_line, "privacy": questionnaire.privacy}
    texts |= {way.kind: way.text for way in questionnaire.other_ways}
    return {name: text.in_language(own) for name, text in texts.items() if text is not None}


def ensure_account(session: Session, *, at: datetime.datetime) -> str | None:
    """Add the staff account that the demonstration is looked at with; its password, None where it exists already."""
    if find_account(session, email=EMAIL) is not None:
        return None
    password = "-".join(secrets.token_hex(3) for _ in range(4))
    organisation = ensure_root(session)
    add_account(
        session,
        organisation_id=organisation.id,
        email=EMAIL,
        password=password,
        roles=["officer", "administrator"],
        at=at,
        by=BY,
    )
    return password


def _fill(
    session: Session,
    survey: tables.Survey,
    version_id: int,
    place: _Place,
    number: int,
    *,
    at: datetime.datetime,
    today: datetime.date,
) -> str:
    """Add the place, and send everybody's answers as the web page does; the place's code."""
    collector = add_collector(
        session,
        survey=survey,
        name=place.name,
        place=place.place,
        audience=place.audience,
        channel=place.channel,
        at=at - datetime.timedelta(days=DAYS),
        by=BY,
    )
    questionnaire = load_version(session, version_id)
    everybody = list(people(questionnaire, place.opinions, count=place.answers, today=today, seed=SEED + number))
    if number == 0:
        everybody = with_unusual_comments(everybody, today=today)
    add_counts(session, visits_for((person.sent_on for person in everybody), collector, questionnaire))
    for person in everybody:
        collected = collect(
            session,
            version_id=version_id,
            collector=collector,
            answers=person.answers,
            language=questionnaire.language,
            mode="demonstration",
            receipt_key=None,
            at=person.sent_on,
            equality_expected=person.about is not None,
        )
        if person.about is not None and collected.equality_key is not None:
            add_equality_answers(
                session,
                collector=collector,
                equality_key=collected.equality_key,
                bank_version=BANK_VERSION,
                answers=person.about,
                at=person.sent_on,
            )
    return collector.code
