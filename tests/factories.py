"""Test data: small, valid and made through the functions that real data passes through."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from surveys.answers import Value
from surveys.audiences import ensure_shipped
from surveys.collecting import Collected, Mode, collect
from surveys.collectors import ResolvedCollector, add_collector, current_version
from surveys.organisations import ensure_root
from surveys.publishing import find_survey, publish
from surveys.questionnaire import (
    About,
    ChoiceQuestion,
    ChoicesQuestion,
    LongTextQuestion,
    NotScored,
    NumberQuestion,
    Option,
    Page,
    Questionnaire,
    RankingQuestion,
    RatingQuestion,
    Scale,
    ScalePoint,
    Text,
    Theme,
)
from surveys.storage import tables

NOW = datetime.datetime(2026, 11, 21, 9, 30, tzinfo=datetime.UTC)
TODAY = NOW.date()
PASSWORD = "correct horse battery staple"


def words(english: str) -> Text:
    """A text in English alone."""
    return Text((("en", english),))


def a_theme(id_: str, title: str) -> Theme:
    return Theme(
        id=id_, title=words(f"{title} strategy"), plain_title=words(title), explanation=words(f"What {title} means.")
    )


def a_questionnaire(**changes: Any) -> Questionnaire:
    """Three themes and every kind of question, small; ``changes`` replace fields."""
    return dataclasses.replace(_SMALL, **changes)


def some_answers(**changes: Value) -> dict[str, Value]:
    """One person's answers to ``a_questionnaire()``; write "__" for the dot of a theme's key in ``changes``."""
    answers: dict[str, Value] = {
        "most_important": ("waiting", "staff"),
        "waiting.importance": "very",
        "waiting.comment": "Shorter waits, please.",
        "digital.importance": "not_sure",
        "digital.comment": None,
        "staff.importance": None,
        "staff.comment": None,
        "connection": "patient",
        "order": ("home", "hospital"),
        "visits": 3,
        "missing": None,
        "quote": "yes",
    }
    answers.update({key.replace("__", "."): value for key, value in changes.items()})
    return answers


def a_survey(session: Session, questionnaire: Questionnaire | None = None, **publishing: Any) -> tables.Survey:
    """A published survey; ``publishing`` are further arguments of ``publish``."""
    ensure_shipped(session)
    publishing = {"at": NOW, "by": "publisher@example.org", **publishing}
    published = publish(
        session, organisation=ensure_root(session), questionnaire=questionnaire or a_questionnaire(), **publishing
    )
    return find_survey(session, slug=published.slug)


def a_collector(session: Session, survey: tables.Survey | None = None, **changes: Any) -> tables.Collector:
    survey = survey or a_survey(session)
    given = {"name": "Waiting room", "place": "Alliance / North / Trust", "at": NOW, "by": "officer@example.org"}
    return add_collector(session, survey=survey, **{**given, **changes})


def a_response(
    session: Session,
    collector: tables.Collector | ResolvedCollector,
    answers: Mapping[str, Value] | None = None,
    *,
    at: datetime.date = TODAY,
    language: str = "en",
    mode: Mode = "web",
    receipt_key: bytes | None = None,
    equality_expected: bool = False,
) -> Collected:
    return collect(
        session,
        version_id=_version_id(session, collector),
        collector=collector,
        answers=some_answers() if answers is None else answers,
        language=language,
        mode=mode,
        receipt_key=receipt_key,
        at=at,
        equality_expected=equality_expected,
    )


def _version_id(session: Session, collector: tables.Collector | ResolvedCollector) -> int:
    if isinstance(collector, ResolvedCollector):
        return collector.version_id
    return current_version(session, collector).id


def an_account(session: Session, role: str = "officer", *, email: str | None = None) -> tables.Account:
    """An account that signs in with ``PASSWORD``."""
    # Hashing is imported late: most tests need no account and should not wait for argon2.
    from argon2 import PasswordHasher

    account = tables.Account(
        organisation_id=ensure_root(session).id,
        email=email or f"{role}@example.org",
        password_hash=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD),
        created_at=NOW,
    )
    session.add(account)
    session.flush()
    session.add(tables.AccountRole(account_id=account.id, role=role))
    session.flush()
    return account


_SMALL = Questionnaire(
    slug="small-survey",
    title=words("What matters to you?"),
    language="en",
    languages=("en",),
    organisation=words("Northshire Trust"),
    about=About(
        purpose=words("We plan the next five years."),
        contact=words("Write to team@example.org."),
        help_line=words("Call 0808 808 00 00 if you want to talk to someone."),
    ),
    privacy=words("We do not ask for your name."),
    themes=(
        a_theme("waiting", "Waiting less"),
        a_theme("digital", "Better technology"),
        a_theme("staff", "More staff"),
    ),
    ask_about_each_theme=(
        RatingQuestion(
            id="importance", text=words("How important is this to you?"), scale="importance", composite=True
        ),
        LongTextQuestion(id="comment", text=words("Would you like to say more?")),
    ),
    pages=(
        Page(
            id="most_important",
            place="before_themes",
            questions=(
                ChoicesQuestion(
                    id="most_important",
                    text=words("Which matter most to you? Choose up to 2."),
                    options_are_themes=True,
                    options=(Option("none", words("None of these"), exclusive=True),),
                    max=2,
                    purpose="priority",
                ),
            ),
        ),
        Page(
            id="you",
            questions=(
                ChoiceQuestion(
                    id="connection",
                    text=words("What is your connection to the service?"),
                    options=(Option("patient", words("Patient")), Option("staff", words("Member of staff"))),
                    not_scored=(NotScored("prefer_not_to_say", words("Prefer not to say")),),
                ),
                RankingQuestion(
                    id="order",
                    text=words("Where would you like to be seen?"),
                    options=(
                        Option("home", words("At home")),
                        Option("hospital", words("In hospital")),
                        Option("practice", words("At my practice")),
                    ),
                    top=2,
                ),
                NumberQuestion(id="visits", text=words("How many visits did you make?"), minimum=0, maximum=99),
            ),
        ),
        Page(id="missing", questions=(LongTextQuestion(id="missing", text=words("Is anything missing?")),)),
        Page(
            id="quote",
            questions=(
                ChoiceQuestion(
                    id="quote",
                    text=words("May we quote your words?"),
                    options=(Option("yes", words("Yes")), Option("no", words("No"))),
                    purpose="quote_permission",
                ),
            ),
        ),
    ),
    scales=(
        Scale(
            id="importance",
            points=(
                ScalePoint("not", words("Not important"), 1),
                ScalePoint("slightly", words("Slightly important"), 2),
                ScalePoint("quite", words("Quite important"), 3, positive=True),
                ScalePoint("very", words("Very important"), 4, positive=True),
            ),
            not_scored=(NotScored("not_sure", words("I am not sure")),),
        ),
    ),
    equality=("age", "sex"),
)
