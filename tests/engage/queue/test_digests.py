"""The daily digest goes to a real mail server once a day, and holds counts alone."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result

from engage import clock
from engage.commands import engage
from engage.queue.digests import send_digest, send_digests
from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.comments.digest import digests
from surveys.designing import ensure_design, save_design
from tests.commented import a_comment, a_commented_survey
from tests.engage.organisations.test_tree_page import events
from tests.engage.queue.mail_server import MailServer, running_mail_server
from tests.factories import NOW, a_response, some_answers

# A Monday in summer, when the clocks of London are an hour ahead.
MORNING = datetime.datetime(2026, 6, 22, 6, 5, tzinfo=datetime.UTC)
FRIDAY, TUESDAY = datetime.date(2026, 6, 19), datetime.date(2026, 6, 16)
READER = "reader@example.org"


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with running_mail_server() as server:
        yield server


@pytest.fixture
def posting(settings: Settings, mail: MailServer, database: Database) -> Settings:
    """An installation that sends mail, with comments that wait to be read by somebody."""
    with database.writing() as session:
        at = a_commented_survey(session)
        design = ensure_design(session, survey=at.survey, at=NOW, by="a@example.org")
        save_design(
            session,
            survey=at.survey,
            seen=design.revision,
            part=lambda content: content.preparation.reader_email,
            change=lambda content: replace(
                content, preparation=replace(content.preparation, reader_name="Rosa Reader", reader_email=READER)
            ),
            says="People",
            at=NOW,
            by="a@example.org",
        )
        a_comment(session, at, "He hit me. Ring 07700 900123", on=FRIDAY, read=False)
        a_comment(session, at, "Long waits", on=TUESDAY, read=False)
        a_comment(session, at, "Longer waits", on=TUESDAY)
        a_response(session, at.collector, some_answers(missing="More signs", waiting__comment=None), at=FRIDAY)
    return dataclasses.replace(settings, mail_url=mail.url, mail_from="engage@example.org")


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime.datetime]:
    """The moment it is, to be changed."""
    moment = [MORNING]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


def test_the_reader_is_told_how_many_comments_wait_and_not_a_word_of_them(
    posting: Settings, database: Database, mail: MailServer, now: list[datetime.datetime]
) -> None:
    assert send_digests(posting, database) == 1
    (message,) = mail.messages
    assert (message["To"], message["From"]) == (READER, "engage@example.org")
    assert message["Subject"] == "3 comments to read, 1 overdue: small-survey"
    assert message.get_content().splitlines() == [
        "Comments that wait to be read in “What matters to you?”:",
        "",
        "possible harm: 1",
        "the rest: 1 (1 overdue)",
        "not sorted yet: 1",
        "",
        "Read them: http://localhost/staff/surveys/small-survey/comments/queue",
        "",
        "They should be read by the end of today.",
    ]
    assert events(database) == ["comment digest sent"]


def test_it_goes_out_once_a_day_however_many_workers_there_are(
    posting: Settings, database: Database, mail: MailServer, now: list[datetime.datetime]
) -> None:
    for hours in (0, 1, 9):
        now[0] = MORNING + datetime.timedelta(hours=hours)
        send_digests(posting, database)
    assert len(mail.messages) == 1
    now[0] = MORNING + datetime.timedelta(days=1)
    assert send_digests(posting, database) == 1


@pytest.mark.parametrize(
    "moment",
    [
        datetime.datetime(2026, 6, 22, 5, 59, tzinfo=datetime.UTC),
        datetime.datetime(2026, 6, 20, 9, 0, tzinfo=datetime.UTC),
        datetime.datetime(2026, 6, 21, 9, 0, tzinfo=datetime.UTC),
    ],
)
def test_nothing_goes_out_before_seven_or_at_the_weekend(
    posting: Settings, database: Database, mail: MailServer, now: list[datetime.datetime], moment: datetime.datetime
) -> None:
    now[0] = moment
    assert send_digests(posting, database) == 0
    assert mail.messages == []


def test_what_the_server_refuses_is_logged_without_the_address_and_tried_again(
    posting: Settings,
    database: Database,
    mail: MailServer,
    now: list[datetime.datetime],
    capfd: pytest.CaptureFixture[str],
) -> None:
    mail.refuses = True
    assert send_digests(posting, database) == 0
    logged = capfd.readouterr()
    assert "digest not sent" in logged.out + logged.err
    assert READER not in logged.out + logged.err
    assert events(database) == []
    mail.refuses = False
    now[0] = MORNING + datetime.timedelta(hours=1)
    assert send_digests(posting, database) == 1


def test_a_server_that_cannot_be_reached_is_tried_again(
    posting: Settings, database: Database, now: list[datetime.datetime]
) -> None:
    nowhere = dataclasses.replace(posting, mail_url="smtp://127.0.0.1:1")
    assert send_digests(nowhere, database) == 0
    assert send_digests(posting, database) == 1


def test_a_worker_that_ended_while_sending_is_followed_by_another(
    posting: Settings, database: Database, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.reading() as session:
        (digest,) = digests(session, today=MORNING.date())
    broken = dataclasses.replace(posting, mail_url="nonsense://")
    with pytest.raises(KeyError):
        send_digest(broken, database, digest, at=MORNING, day=MORNING.date())
    soon, later = MORNING + datetime.timedelta(minutes=30), MORNING + datetime.timedelta(hours=1)
    assert not send_digest(posting, database, digest, at=soon, day=MORNING.date())
    assert send_digest(posting, database, digest, at=later, day=MORNING.date())
    assert len(mail.messages) == 1


def test_without_a_mail_server_or_a_reader_nothing_is_sent(
    settings: Settings, database: Database, now: list[datetime.datetime]
) -> None:
    with database.writing() as session:
        a_comment(session, a_commented_survey(session), "Long waits", on=FRIDAY, read=False)
    assert send_digests(settings, database) == 0
    assert send_digests(dataclasses.replace(settings, mail_url="smtp://127.0.0.1:1"), database) == 0
    assert events(database) == []


def test_the_command_prints_what_it_would_send_and_sends_it_once(
    posting: Settings, mail: MailServer, now: list[datetime.datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(engage, ["comments", "digest", *arguments])

    monkeypatch.setenv("ENGAGE_INSTANCE", str(posting.instance))
    monkeypatch.setenv("ENGAGE_DATABASE_URL", posting.database_url)
    monkeypatch.setenv("ENGAGE_BASE_URL", "http://localhost")
    printed = run().stdout
    assert "Subject: 3 comments to read, 1 overdue: small-survey" in printed
    assert "hit me" not in printed
    assert "No mail server is set" in run("--send").stderr
    monkeypatch.setenv("ENGAGE_MAIL_URL", mail.url)
    monkeypatch.setenv("ENGAGE_MAIL_FROM", "engage@example.org")
    assert run("--send").stdout.endswith("Sent.\n")
    assert "Not sent: it went out today" in run("--send").stdout
    assert len(mail.messages) == 1
    assert run("--survey", "another").stdout == "No comment waits to be read.\n"
