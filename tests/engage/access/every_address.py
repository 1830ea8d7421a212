"""Every staff address of the application, and an organisation in which each leads to something.

A new part of an address goes into PARTS, or into PARTS_OF where one name means different things; the test that every
address leads somewhere says which are missing.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from engage import clock
from engage.access.guards import PUBLIC, access_rule
from engage.access.permissions import ROLES, Role
from engage.access.sessions import start_session
from engage.audit.events import SignedOut, record
from engage.settings import Settings
from engage.studio.editions.kept_sheets import keep_sheet
from engage.unit_of_work import Database
from surveys.commentary.editions import move_edition, save_texts
from surveys.commentary.freezing import freeze
from surveys.commentary.texts import Texts
from surveys.comments.screening import screen_new
from surveys.designing import ensure_design
from surveys.editions.sheets import KEY, SOURCE, translation_column
from surveys.organisations import ensure_root
from surveys.storage import tables
from tests.engage.access.coded_comment import BLIND_FRAME, code_it_twice
from tests.engage.staff_browser import TOKEN
from tests.factories import NOW, a_collector, a_questionnaire, a_response, a_survey, an_account
from tests.workshops import a_workshop

SLUG, DRAFT, EMAIL = "small-survey", "draft-survey", "administrator@example.org"
JOB, PRINTS, SCREENING = "a-finished-report-22ch", "finished-prints--22-ch", "a-finished-screening-22"
SHEET_CONTENT = ",".join((KEY, SOURCE, translation_column("fr"))).encode() + b"\n"
SHEET = hashlib.sha256(SHEET_CONTENT).hexdigest()
OWNER, EDITION, DOCUMENT = "trust", "fr", "summary.pdf"

# What stands for each part of an address.
PARTS = {
    "slug": SLUG,
    "file": "board-report.pdf",
    "name": JOB,
    "language": "en",
    "theme_id": "waiting",
    "key": "connection",
    "scale_id": "importance",
    "page_id": "you",
    "organisation": OWNER,
    "owner": OWNER,
    "edition": "1",
    "item_key": "waiting.comment",
    "quote_id": "1",
    "workshop": "1",
}
# What stands for a part at one address alone, by endpoint.
PARTS_OF: dict[str, dict[str, str]] = {
    "live.live_file": {"name": "funnel"},
    "comments.progress": {"name": SCREENING},
    "comments.stop": {"name": SCREENING},
    "sharing_prints.made": {"name": PRINTS},
    "sharing_prints.file": {"name": PRINTS, "file": "prints.zip"},
    "sharing_prints.stop": {"name": PRINTS},
    "preview.officer_about_you": {"page_id": "age"},
    "preview.officer_about_you_sent": {"page_id": "age"},
    "preview.partner_about_you": {"page_id": "age"},
    "preview.partner_about_you_sent": {"page_id": "age"},
    "second_coding.next_one": {"frame_id": BLIND_FRAME},
    "second_coding.comment": {"frame_id": BLIND_FRAME},
    "second_coding.save": {"frame_id": BLIND_FRAME},
    "preview.officer_document": {"name": DOCUMENT},
    "preview.partner_document": {"name": DOCUMENT},
    **{
        f"{pages}.{page}": {"language": EDITION, "key": SHEET}
        for pages, names in {
            "editions": ("edition", "remove", "sign", "choose"),
            "edition_texts": ("texts",),
            "edition_files": ("workbook", "table", "open_workbook", "open_table", "upload", "review"),
        }.items()
        for page in names
    },
}

# Sent with every form, so that as many of them as possible would be complete if their sender were let in.
FIELDS = {
    "revision": "1",
    "seen": "1",
    "name": "Somebody else",
    "title": "Somebody else's title",
    "text": "Somebody else's words",
    "email": "intruder@example.org",
    "roles": "administrator",
    "sure": "yes",
    "confirm": "y",
    "reason": "Because I can",
    "kind": "site",
    "below": OWNER,
    "what": "poster-a4",
    "reference": "none",
    "reader": "somebody",
    "role": "patient",
    "subject": "preview",
    "page": "start",
    "earlier": "somebody-elses-survey",
}

# These end the session that they are tried with.
ENDING = frozenset({"access.sign_out", "account.sign_out_everywhere", "account.end_session", "account.password"})


@dataclass(frozen=True)
class World:
    """An application with a full organisation at the top of the tree, and who is signed in to which organisation."""

    application: Flask
    database: Database
    parts: Mapping[str, str]

    def staff_rules(self) -> Iterator[tuple[Rule, str, str]]:
        """Each staff address with a method and the permission that it asks for."""
        for rule in self.application.url_map.iter_rules():
            asked = access_rule(self.application, rule.endpoint)
            if rule.rule.startswith("/staff") and asked != PUBLIC:
                for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                    yield rule, method, str(asked)

    def address(self, rule: Rule, **instead: str) -> str:
        parts = {**self.parts, **PARTS_OF.get(rule.endpoint, {}), **instead}
        return re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found: parts[found[1]], rule.rule)

    def signed_in(self, role: Role, organisation_id: int) -> Visitor:
        """Somebody with this role and a session, made without the pages for signing in."""
        with self.database.writing() as session:
            email = f"{role}-{organisation_id}@example.org"
            account = session.scalar(select(tables.Account).where(tables.Account.email == email))
            if account is None:
                account = an_account(session, role, email=email)
                account.organisation_id = organisation_id
            token = start_session(session, account=account, at=clock.now())
        client = self.application.test_client()
        client.set_cookie("engage-staff", token)
        return Visitor(client)


class Visitor:
    """A signed-in browser that sends every form with its token."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        found = TOKEN.search(client.get("/staff/").text)
        assert found, "the first page has a form for signing out"
        self.token = found[1]

    def try_(self, path: str, method: str) -> TestResponse:
        fields = {**FIELDS, "csrf_token": self.token} if method == "POST" else None
        return self.client.open(path, method=method, data=fields, buffered=True)


def fill(database: Database, settings: Settings) -> dict[str, str]:
    """Put something behind every part of an address; returns the parts that only the database knows."""
    with database.writing() as session:
        survey = a_survey(session, a_questionnaire(languages=("en", EDITION)))
        ensure_design(session, survey=survey, at=NOW, by=EMAIL)
        collector = a_collector(session, survey)
        a_response(session, collector)
        screen_new(session, survey=survey)
        root = ensure_root(session)
        account = an_account(session, "administrator", email="head@example.org")
        for name, kind in ((JOB, "report"), (PRINTS, "printing"), (SCREENING, "screening")):
            session.add(
                tables.Job(
                    organisation_id=root.id,
                    kind=kind,
                    parameters={"survey": survey.slug, "files": 1},
                    asked_at=NOW,
                    asked_by=EMAIL,
                    finished_at=NOW,
                    result_path=name,
                )
            )
            folder = settings.files / name
            folder.mkdir(parents=True)
            (folder / "board-report.pdf").write_bytes(b"secret of the owner")
            with zipfile.ZipFile(folder / "prints.zip", "w") as bundle:
                bundle.writestr("poster.pdf", b"secret of the owner")
        rows = {
            "invitation": _an_invitation(session, root.id),
            "person": str(account.id),
            "code": collector.code,
            "ref": _a_read_comment(session),
            "id_": _a_file(session, survey, "source", "strategy.txt"),
        }
        rows |= code_it_twice(
            session,
            survey=survey,
            ref=bytes.fromhex(rows["ref"]),
            administrator=f"administrator-{root.id}@example.org",
        )
        _a_file(session, survey, "summary", DOCUMENT)
        _a_final_report(session, survey)
        a_workshop(session, survey)
        _a_preview_link(session, survey)
        keep_sheet(session, survey=survey, language=EDITION, name="fr.csv", content=SHEET_CONTENT, at=NOW, by=EMAIL)
        record(session, SignedOut(EMAIL), organisation_id=root.id, by=EMAIL, at=NOW)
    return {**PARTS, **rows}


def _an_invitation(session: Session, organisation_id: int) -> str:
    invitation = tables.Invitation(
        organisation_id=organisation_id,
        email="invited@example.org",
        roles=["viewer"],
        token_hash=bytes(32),
        made_at=NOW,
        made_by=EMAIL,
        expires_at=clock.now() + datetime.timedelta(days=1),
    )
    session.add(invitation)
    session.flush()
    return str(invitation.id)


def _a_read_comment(session: Session) -> str:
    screened = session.scalars(select(tables.ScreenedComment)).one()
    read = {"state": "read", "read_at": NOW, "read_by": EMAIL, "state_at": NOW, "state_by": EMAIL}
    owned = {"survey_id": screened.survey_id, "organisation_id": screened.organisation_id}
    session.add(tables.CommentState(ref=screened.ref, level=screened.level, **owned, **read))
    session.flush()
    return screened.ref.hex()


def _a_file(session: Session, survey: tables.Survey, purpose: str, name: str) -> str:
    file = tables.SurveyFile(
        survey_id=survey.id,
        organisation_id=survey.organisation_id,
        purpose=purpose,
        name=name,
        title="Strategy",
        media_type="text/plain",
        sha256="0" * 64,
        content=b"secret of the owner",
        added_at=NOW,
        added_by=EMAIL,
    )
    session.add(file)
    session.flush()
    return str(file.id)


def _a_final_report(session: Session, survey: tables.Survey) -> None:
    save_texts(session, survey=survey, texts=Texts(summary="secret"), seen="", by=EMAIL, name="", on=NOW.date(), at=NOW)
    for seen, state in enumerate(("for_comment", "final"), start=1):
        move_edition(session, survey=survey, number=1, seen=seen, to=state, by=EMAIL, name="", at=NOW)  # type: ignore[arg-type]  # mypy sees any word in the tuple.
    freeze(session, survey=survey, number=1, files=[(PARTS["file"], "application/pdf", b"secret of the owner")], at=NOW)


def _a_preview_link(session: Session, survey: tables.Survey) -> None:
    session.add(
        tables.PreviewLink(
            survey_id=survey.id,
            organisation_id=survey.organisation_id,
            token_hash=bytes(32),
            reader="Priya",
            reader_role="patient",
            made_at=NOW,
            made_by=EMAIL,
            expires_at=clock.now() + datetime.timedelta(days=1),
        )
    )
    session.add(
        tables.ReaderNote(
            survey_id=survey.id,
            organisation_id=survey.organisation_id,
            page="start",
            text="secret of the owner",
            reader="Priya",
            reader_role="patient",
            revision=1,
            written_at=NOW,
        )
    )
    session.flush()


__all__ = ["ENDING", "FIELDS", "PARTS", "PARTS_OF", "ROLES", "Visitor", "World", "fill"]
