"""An installation in which every staff page has something to show, and one organisation in it that has nothing yet."""

from __future__ import annotations

import datetime
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import clock, migrations
from engage.access.sessions import start_session
from engage.audit.events import SignedOut, record
from engage.demonstration import set_up
from engage.insight.working_out import work_out
from engage.people.invitations import invite
from engage.settings import Settings, load_settings
from engage.studio.editions.kept_sheets import keep_sheet
from engage.studio.preview.links import make_link
from engage.studio.preview.notes import add_note
from engage.studio.strategy_import.kept import keep_source, save_review
from engage.unit_of_work import Database
from surveys.collectors import collectors_of
from surveys.commentary.editions import begin_edition, move_edition, save_texts
from surveys.commentary.freezing import freeze
from surveys.commentary.texts import Recommendation, Texts
from surveys.designing import Content, ensure_design, new_design, save_design
from surveys.documents import put_document
from surveys.editions import add_language, with_translations
from surveys.editions.sheets import KEY, SOURCE, translation_column
from surveys.editions.texts import texts_of
from surveys.library import library_files
from surveys.library.starting import begin_questionnaire, starting_points
from surveys.organisations import add_organisation, ensure_root
from surveys.planner import fill_in, plan_of
from surveys.preparation import Preparation
from surveys.publishing import current_version, find_survey, load_version, publish
from surveys.questionnaire import Questionnaire, Text
from surveys.questionnaire_file import read_questionnaire
from surveys.sharing import agree_sharing
from surveys.sign_offs import PREVIEW, sign_off
from surveys.storage import tables
from surveys.strategy_documents.reading import read_document
from surveys.strategy_documents.review import begin_review
from surveys.waves import link_wave
from tests.end_to_end.coded_comments import coded_comments
from tests.end_to_end.live_server import free_port, live_server
from tests.engage.access.authenticator import with_second_factor
from tests.factories import an_account
from tests.workshops import SAID, a_workshop

ARABIC = Path(__file__).resolve().parent.parent / "surveys" / "data" / "arabic.yaml"
EMAIL, SECURED, NEWCOMER = "anna.smith@example.org", "second.factor@example.org", "newcomer@example.org"
REPORT, FAILED, PRINTS = "a-finished-report-22ch", "a-failed-report--22-ch", "finished-prints--22-ch"
SCREENING = "finished-screening--22"
SHEET = ",".join((KEY, SOURCE, translation_column("ar"))) + "\nabout.contact,Something older,اتصل بنا\n"
STRATEGY = """Our cancer strategy

This document introduces the themes. Please read them and tell us what you think.

1: Reduce elective backlogs and achieve national standards
We want people to have tests sooner and to hear the result quickly.

2: New care models to improve utilisation of the estate
We want people to be treated nearer home.

3: Fair care for everyone
Some people find our services hard to reach. We want to change this.

Take part at https://www.example.org/survey
"""


@dataclass(frozen=True, slots=True)
class StaffSite:
    """A running installation. ``sessions`` holds the cookie of each account by its address; ``parts`` what stands for
    the parts of addresses that only the database knows. ``live``, ``draft`` and ``empty`` are addresses of surveys.
    """

    address: str
    settings: Settings
    database: Database
    live: str
    draft: str
    empty: str
    sessions: Mapping[str, str]
    parts: Mapping[str, str]


@contextmanager
def running_staff_site(folder: Path, *, port: int | None = None) -> Iterator[StaffSite]:
    """The installation in ``folder``, served until the block ends."""
    port = port or free_port()
    environment = {"ENGAGE_INSTANCE": str(folder), "ENGAGE_BASE_URL": f"http://127.0.0.1:{port}"}
    settings = load_settings(environment)
    migrations.upgrade(settings.database_url, settings.drafts_url)
    database = Database(settings.database_url, settings.drafts_url)
    at = clock.now()
    with database.writing() as session:
        live = _live_survey(session, settings, at)
        draft = _draft_survey(session, live, at)
        empty = _begun_survey(session, at)
        parts = {
            **_links(session, draft, at),
            **_organisations(session, at),
            **_files_of_translation(session, draft, at),
        }
        parts["code"] = collectors_of(session, survey=live)[0].code
        parts |= coded_comments(session, live, coder=EMAIL)
        parts["workshop"] = str(a_workshop(session, live, themes={"faster-care": SAID}).number)
        record(session, SignedOut(EMAIL), organisation_id=live.organisation_id, by=EMAIL, at=at)
        slugs = (live.slug, draft.slug, empty.slug)
    _secured(database, settings)
    with database.writing() as session:
        _finished_work(session, settings, slugs[0], at)
    with database.writing() as session:
        sessions = {
            account.email: start_session(session, account=account, at=at, browser="Firefox on Windows")
            for account in session.scalars(select(tables.Account))
        }
        parts["person"] = str(session.scalars(select(tables.Account.id).where(tables.Account.email == SECURED)).one())
    with live_server(environment, port=port) as server:
        yield StaffSite(server.address, settings, database, *slugs, sessions, parts)
    database.close()


def _account(session: Session, email: str, *roles: str, organisation: tables.Organisation | None = None) -> None:
    account = an_account(session, roles[0], email=email)
    account.name = email.split("@")[0].replace(".", " ").title()
    session.add_all(tables.AccountRole(account_id=account.id, role=role) for role in roles[1:])
    if organisation is not None:
        account.organisation_id = organisation.id
    session.flush()


def _live_survey(session: Session, settings: Settings, at: datetime.datetime) -> tables.Survey:
    """The demonstration's survey, with its answers and visits, and a plan for its places."""
    there = set_up(session, at=at, today=at.date(), time_zone=settings.time_zone)
    _account(session, EMAIL, "officer", "administrator")
    _account(session, SECURED, "viewer")
    survey = find_survey(session, slug=there.slug)
    ensure_design(session, survey=survey, at=at, by=EMAIL)
    for number, row in enumerate(collectors_of(session, survey=survey)):
        planned = replace(
            plan_of(row), activity="Poster and leaflets", planned_reach=40 + 300 * number, remark="Ask at the desk",
            planned_on=at.date() + datetime.timedelta(days=number),
        )  # fmt: skip
        fill_in(session, collector=row, survey=survey, plan=planned, at=at)
    _asked_before(session, survey, at)
    return survey


def _asked_before(session: Session, survey: tables.Survey, at: datetime.datetime) -> None:
    """An earlier survey that called one theme something else and did not have another one."""
    questionnaire = load_version(session, current_version(session, survey=survey).id)
    first, *others, _ = questionnaire.themes
    first = replace(first, plain_title=Text((("en", "Waiting less"),)))
    before = replace(questionnaire, slug="cancer-before", themes=(first, *others))
    publish(session, organisation=ensure_root(session), questionnaire=before, at=at, by=EMAIL)
    link_wave(session, survey=survey, earlier=find_survey(session, slug=before.slug), at=at, by=EMAIL)


def _draft_survey(session: Session, like: tables.Survey, at: datetime.datetime) -> tables.Survey:
    """A survey part-way: half in Arabic, read by two readers, with a document whose themes are under review."""
    questionnaire = read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes())
    questionnaire, preparation = _half_in_arabic(replace(questionnaire, slug="cancer-draft"))
    preparation = replace(preparation, planned_audiences=(("patients", 300), ("staff", 80)))
    root = ensure_root(session)
    design = new_design(
        session, organisation=root, questionnaire=questionnaire, preparation=preparation, at=at, by=EMAIL
    )
    survey = session.get_one(tables.Survey, design.survey_id)

    def shorter(content: Content) -> Content:
        return replace(content, preparation=replace(content.preparation, reader_name="Anna Smith"))

    design = save_design(
        session, survey=survey, seen=1, part=lambda content: content.preparation.reader_name, change=shorter,
        says="Who reads the comments", at=at, by=EMAIL,
    )  # fmt: skip
    for page, words in (("start", "What is a theme?"), ("page/comment", "I would ask this first, and then the rest.")):
        add_note(session, survey=survey, page=page, text=words, reader="Priya Shah", role="patient", revision=2, at=at)
    sign_off(session, survey=survey, subject=PREVIEW, name="Dr Tom Reid", role="clinician", revision=1, at=at)
    put_document(
        session, survey=survey, purpose="summary", title="Our strategy in short", file="summary.pdf",
        content=b"%PDF-1.4\n%%EOF\n", at=at, by=EMAIL,
    )  # fmt: skip
    return survey


def _half_in_arabic(questionnaire: Questionnaire) -> tuple[Questionnaire, Preparation]:
    arabic = dict(texts_of(read_questionnaire(ARABIC.read_bytes())))
    both = add_language(questionnaire, Preparation(), "ar")
    words = {key: arabic[key].in_language("ar") for key, _ in texts_of(questionnaire) if key in arabic}
    return with_translations(*both, "ar", words)


def _begun_survey(session: Session, at: datetime.datetime) -> tables.Survey:
    point = next(one for one in starting_points() if one.id == "blank")
    questionnaire = begin_questionnaire(
        point, title="A survey with nothing in it yet", audience="", organisation="", standing_texts={}
    )
    design = new_design(session, organisation=ensure_root(session), questionnaire=questionnaire, at=at, by=EMAIL)
    return session.get_one(tables.Survey, design.survey_id)


def _links(session: Session, survey: tables.Survey, at: datetime.datetime) -> dict[str, str]:
    days = datetime.timedelta(days=14)
    token = make_link(session, survey=survey, reader="Priya Shah", role="patient", lasts=days, at=at, by=EMAIL)
    over = at - 2 * days
    make_link(session, survey=survey, reader="Dr Tom Reid", role="clinician", lasts=days, at=over, by=EMAIL)
    root = ensure_root(session)
    invitation = invite(
        session, organisation_id=root.id, email="invited@example.org", roles=["viewer"], at=at, by=EMAIL
    )
    return {"preview": token, "invitation": invitation}


def _organisations(session: Session, at: datetime.datetime) -> dict[str, str]:
    """One below that shares a survey with the first, and one in which a newcomer has made nothing."""
    root = ensure_root(session)
    below = add_organisation(session, parent=root, name="Northfield Community Services", kind="provider")
    fresh = add_organisation(session, parent=root, name="Eastbury Hospice", kind="provider")
    _account(session, NEWCOMER, "officer", "administrator", organisation=fresh)
    questionnaire = read_questionnaire(library_files()["every-kind"].read_bytes())
    publish(session, organisation=below, questionnaire=questionnaire, at=at, by=EMAIL)
    theirs = find_survey(session, slug=questionnaire.slug)
    agree_sharing(session, survey=theirs, reader=root, scope="all", reference="DSA-2026-014", at=at, by=EMAIL)
    _job(session, theirs, REPORT[::-1], "report", at, finished_at=at)
    return {"owner": below.slug, "shared": theirs.slug, "organisation": below.slug}


def _files_of_translation(session: Session, survey: tables.Survey, at: datetime.datetime) -> dict[str, str]:
    content = STRATEGY.encode()
    source = keep_source(
        session, survey=survey, name="strategy.txt", media_type="text/plain", content=content, at=at, by=EMAIL
    )
    review = begin_review(read_document(content, "strategy.txt"), source=source.id, name="strategy.txt", number=1)
    save_review(session, survey=survey, review=review, at=at, by=EMAIL)
    sheet = keep_sheet(session, survey=survey, language="ar", name="ar.csv", content=SHEET.encode(), at=at, by=EMAIL)
    return {"id_": str(source.id), "sheet": sheet}


def _secured(database: Database, settings: Settings) -> None:
    with_second_factor(database, settings, SECURED)


def _finished_work(session: Session, settings: Settings, slug: str, at: datetime.datetime) -> None:
    """Results as the worker stores them, with files that stand for what it prints."""
    survey = find_survey(session, slug=slug)
    session.add_all(work_out(session, slug=slug, owner=ensure_root(session), at=at).snapshots)
    _final_report_and_next_draft(session, survey, at)
    _job(
        session, survey, FAILED, "report", at, failed_at=at, message="Ask for it again when more people have answered."
    )
    _job(session, survey, REPORT, "report", at, finished_at=at)
    _job(session, survey, PRINTS, "printing", at, finished_at=at)
    _job(session, survey, SCREENING, "screening", at, finished_at=at)
    for name in (REPORT, REPORT[::-1], PRINTS):
        folder = settings.files / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "board-report.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
        with zipfile.ZipFile(folder / "prints.zip", "w") as bundle:
            bundle.writestr("waiting-room-poster-a4-en.pdf", b"%PDF-1.4\n%%EOF\n")


def _final_report_and_next_draft(session: Session, survey: tables.Survey, at: datetime.datetime) -> None:
    """A commentary whose first edition is final, and a second one that somebody writes."""
    reason = "People chose it most often: [[faster-care chosen patients]]."
    texts = Texts(
        front={"purpose": "To agree the themes of the strategy.", "author": "Anna Smith, engagement officer"},
        summary="Faster care comes first for patients ([[faster-care chosen patients]]).\n\nAbout 70% agree.",
        themes={"faster-care": Recommendation("keep", reason), "fair-care": Recommendation("still deciding", "")},
    )
    save_texts(session, survey=survey, texts=texts, seen="", by=EMAIL, name="Anna Smith", on=at.date(), at=at)
    for seen, state in enumerate(("for_comment", "final"), start=1):
        move_edition(session, survey=survey, number=1, seen=seen, to=state, by=EMAIL, name="Anna Smith", at=at)  # type: ignore[arg-type]  # mypy sees any word in the tuple.
    content = b"%PDF-1.4\n%%EOF\n"
    freeze(session, survey=survey, number=1, files=[("board-report.pdf", "application/pdf", content)], at=at)
    begin_edition(session, survey=survey, by=EMAIL, name="Anna Smith", at=at)


def _job(
    session: Session,
    survey: tables.Survey,
    name: str,
    kind: str,
    at: datetime.datetime,
    *,
    finished_at: datetime.datetime | None = None,
    failed_at: datetime.datetime | None = None,
    message: str | None = None,
) -> None:
    session.add(
        tables.Job(
            organisation_id=survey.organisation_id, kind=kind, parameters={"survey": survey.slug, "files": 1},
            asked_at=at, asked_by=EMAIL, finished_at=finished_at, failed_at=failed_at, message=message,
            result_path=name,
        )
    )  # fmt: skip
    session.flush()
