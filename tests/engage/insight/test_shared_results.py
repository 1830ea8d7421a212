"""Results that another organisation shares: read-only, whole or one's own places beside the total."""

import datetime
import random
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from engage.clock import now
from engage.insight.working_out import work_out
from engage.queue import jobs
from engage.queue.work import carry_out_job
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.organisations import add_organisation, ensure_root, find_organisation, rename_organisation
from surveys.sharing import Scope, agree_sharing, end_sharing, find_agreement
from surveys.storage import tables
from tests.engage.conftest import SignedInAs
from tests.engage.staff_browser import StaffBrowser
from tests.factories import NOW, a_collector, a_response, a_survey, an_account, some_answers

SHARED = "/staff/shared/trust/small-survey"
NEW = "/staff/surveys/small-survey/results/new"


@dataclass
class Alliance:
    """An owner with a survey, and a trust below it that may read what is shared."""

    database: Database
    settings: Settings
    owner: StaffBrowser
    reader: StaffBrowser

    def share(self, scope: Scope) -> int:
        with self.database.writing() as session:
            survey = session.scalars(select(tables.Survey)).one()
            trust = find_organisation(session, slug="trust-a")
            agreed = agree_sharing(
                session, survey=survey, reader=trust, scope=scope, reference="DSA-14", at=NOW, by="ann@example.org"
            )
            return agreed.id

    def answered(self, own: int, elsewhere: int) -> None:
        chance = random.Random(own * 100 + elsewhere)
        with self.database.writing() as session:
            collectors = {row.place: row for row in session.scalars(select(tables.Collector))}
            for place, number in (("Trust A / Site", own), ("Trust B", elsewhere)):
                for _ in range(number):
                    answer = chance.choice(["slightly", "quite", "very"])
                    a_response(session, collectors[place], some_answers(waiting__importance=answer))

    def report(self) -> None:
        """The results of a new report, without its files."""
        with self.database.writing() as session:
            done = work_out(session, slug="small-survey", owner=ensure_root(session), at=now())
            session.add_all(done.snapshots)

    def report_with_files(self) -> None:
        assert self.owner.post(NEW, form_at=NEW.removesuffix("/new")).status_code == 303
        with self.database.reading() as session:
            waiting = jobs.waiting(session, asked_before=now() + datetime.timedelta(seconds=1))
        for job_id in waiting:
            carry_out_job(self.settings, job_id)

    def seen(self) -> str:
        return self.reader.get(SHARED).text


@pytest.fixture
def alliance(database: Database, settings: Settings, signed_in_as: SignedInAs) -> Alliance:
    owner = signed_in_as("officer")
    with database.writing() as session:
        trust = add_organisation(session, parent=ensure_root(session), name="Trust A", kind="provider")
        an_account(session, "viewer", email="reader@example.org").organisation_id = trust.id
        survey = a_survey(session)
        for place in ("Trust A / Site", "Trust B"):
            a_collector(session, survey, place=place)
    reader = StaffBrowser(owner.client.application, network="192.0.2.20")
    assert reader.sign_in("reader@example.org").status_code == 303
    return Alliance(database, settings, owner, reader)


def figure(label: str, number: str) -> str:
    return f'<div><dt>{label}</dt><dd class="nhsuk-heading-l">{number}</dd></div>'


def test_without_an_agreement_there_is_nothing(alliance: Alliance) -> None:
    alliance.answered(20, 20)
    alliance.report()
    assert alliance.reader.get(SHARED).status_code == 404
    assert alliance.reader.get(f"{SHARED}/results.xlsx").status_code == 404
    assert alliance.reader.get("/staff/surveys/small-survey/results").status_code == 404


def test_before_a_report_the_page_says_that_there_is_none(alliance: Alliance) -> None:
    alliance.share("all")
    assert "nothing to show yet" in alliance.seen()


def test_all_results_are_read_with_their_files_and_nothing_can_be_done(alliance: Alliance) -> None:
    alliance.share("all")
    alliance.answered(20, 20)
    alliance.report_with_files()
    page = alliance.seen()
    assert "shared by Our organisation" in page
    assert figure("People", "40") in page
    assert page.count("<form") == 1
    assert "/staff/sign-out" in page
    downloaded = alliance.reader.get(f"{SHARED}/results.xlsx")
    assert downloaded.status_code == 200
    assert alliance.reader.get(f"{SHARED}/nothing.pdf").status_code == 404
    event = tables.AuditEvent
    with alliance.database.reading() as session:
        last = session.scalars(select(event).order_by(event.id.desc()).limit(1)).one()
        owner = ensure_root(session).id
    assert (last.organisation_id, last.actor, last.action) == (owner, "reader@example.org", "file downloaded")


def test_own_places_stand_beside_the_total_without_files(alliance: Alliance) -> None:
    alliance.share("own")
    alliance.answered(20, 30)
    alliance.report()
    page = alliance.seen()
    assert figure("Everybody", "50") in page
    assert figure("Your places", "20") in page
    assert alliance.reader.get(f"{SHARED}/results.xlsx").status_code == 404


def test_a_reader_that_takes_the_name_of_another_place_is_shown_its_own_figures_still(alliance: Alliance) -> None:
    alliance.share("own")
    alliance.answered(20, 30)
    with alliance.database.writing() as session:
        rename_organisation(session, organisation=find_organisation(session, slug="trust-a"), name="Trust B")
    alliance.report()
    page = alliance.seen()
    assert figure("Your places", "20") in page
    assert "begins with “Our organisation / Trust A” or holds the whole name “Trust A”." in page


def test_too_few_of_ones_own_are_hidden_beside_the_same_total(alliance: Alliance) -> None:
    alliance.share("own")
    alliance.answered(9, 30)
    alliance.report()
    page = alliance.seen()
    assert figure("Everybody", "39") in page
    assert figure("Your places", "9") not in page
    assert "Your places" in page


@pytest.mark.parametrize(("own", "elsewhere"), [(1, 30), (30, 1)])
def test_a_few_more_here_or_elsewhere_leave_the_page_as_it_was(alliance: Alliance, own: int, elsewhere: int) -> None:
    alliance.share("own")
    alliance.answered(20, 30)
    alliance.report()
    before = alliance.seen()
    alliance.answered(own, elsewhere)
    alliance.report()
    assert alliance.seen() == before
    alliance.answered(10, 10)
    alliance.report()
    assert figure("Your places", str(20 + own + 10)) in alliance.seen()


def test_the_owners_own_page_is_never_the_readers(alliance: Alliance) -> None:
    alliance.share("own")
    alliance.answered(20, 30)
    alliance.report()
    owners = alliance.owner.get("/staff/surveys/small-survey/results").text
    assert figure("People", "50") in owners
    assert "Your places" not in owners
    with alliance.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(tables.ResultsSnapshot)) == 2


def test_ending_the_agreement_ends_the_reading_at_once(alliance: Alliance) -> None:
    agreement_id = alliance.share("all")
    alliance.answered(20, 20)
    alliance.report()
    assert alliance.reader.get(SHARED).status_code == 200
    with alliance.database.writing() as session:
        owner = ensure_root(session).id
        agreement = find_agreement(session, organisation_id=owner, agreement_id=agreement_id)
        assert agreement
        end_sharing(session, agreement=agreement, at=NOW, by="ann@example.org")
    assert alliance.reader.get(SHARED).status_code == 404
    assert alliance.reader.get(f"{SHARED}/results.xlsx").status_code == 404
