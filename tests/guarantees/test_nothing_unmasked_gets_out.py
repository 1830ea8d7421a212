"""Whatever was masked, redacted or escalated is in no page, file, report, log, job, event or index.

Two places show it: the reply to somebody who says why they must see it, and the page of a safeguarding lead where
somebody may be at risk. A backup holds everything, as it must; docs/operations.md says how to keep it.
"""

from __future__ import annotations

import contextlib
import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner
from sqlalchemy import text

from engage import clock
from engage.application import create_application
from engage.commands import engage
from engage.insight.comments.saying import REVEAL_REASONS
from engage.settings import load_settings
from engage.unit_of_work import Database
from surveys.exporting import export_answers
from surveys.masking import KINDS
from surveys.publishing import find_survey
from surveys.retention import rewrite_in_key_order
from tests.engage.access.every_address import SLUG, World, fill
from tests.engage.access.test_every_address_by_role import own
from tests.guarantees.planted_details import KINDS_PLANTED, PLANTED, Planted, plant

ENDING = {"access.sign_out"}
# Whoever sorts comments reads escalated ones on these pages, masked like all others.
SHOWN_TO_SORTERS = ("comments.", "moderation.")
MOST_LINKS = 120


@pytest.fixture(scope="module")
def settings_given(empty_sqlite_database: Database, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {
        "ENGAGE_INSTANCE": str(tmp_path_factory.mktemp("instance")),
        "ENGAGE_DATABASE_URL": empty_sqlite_database.url,
        "ENGAGE_DRAFTS_URL": empty_sqlite_database.drafts_url,
        "ENGAGE_BASE_URL": "http://localhost",
        "ENGAGE_LOG_LEVEL": "debug",
    }


@pytest.fixture(scope="module")
def planted(empty_sqlite_database: Database, settings_given: dict[str, str]) -> Iterator[Planted]:
    settings = load_settings(settings_given)
    parts = fill(empty_sqlite_database, settings)
    application = create_application(settings)
    yield plant(World(application, empty_sqlite_database, parts))
    application.extensions["engage"].database.close()


def found_in(content: str, *, besides: Iterable[str] = ()) -> list[str]:
    """What of the planted details stands there."""
    plain = html.unescape(content).casefold()
    return [what for what, (_, part) in PLANTED.items() if part.casefold() in plain and what not in besides]


def test_every_kind_of_detail_is_planted() -> None:
    assert set(KINDS_PLANTED) == set(KINDS), "plant a detail of every kind in planted_details.py"


def test_everything_planted_was_written_and_is_kept_as_it_was_written(planted: Planted) -> None:
    with planted.world.database.reading() as session:
        kept = "\n".join(session.execute(text("SELECT text FROM comment")).scalars())
    assert found_in(kept, besides=["translated"]) == [what for what in PLANTED if what != "translated"]


@pytest.mark.parametrize("role", ["officer", "analyst", "triage"])
def test_no_page_shows_it(planted: Planted, role: str) -> None:
    world = planted.world
    with contextlib.redirect_stderr(planted.log):
        visitor = world.signed_in(role, own(world))  # type: ignore[arg-type]  # One of the three above.
        leaks, links = [], dict[str, str]()
        for endpoint, address in _addresses(planted, every_comment=role == "officer"):
            answer = visitor.try_(address, "GET")
            content = readable(answer.data)
            leaks += _leaks(endpoint, address, role, content)
            links |= dict.fromkeys(re.findall(r'href="(/staff/[^"#]*\?[^"#]*)"', content), endpoint)
        for address, endpoint in list(links.items())[:MOST_LINKS]:
            leaks += _leaks(endpoint, address, role, readable(visitor.try_(html.unescape(address), "GET").data))
    assert not leaks, "\n".join(leaks)


def _addresses(planted: Planted, *, every_comment: bool) -> Iterator[tuple[str, str]]:
    """Every address that a GET can reach, those of comments with every comment that hides something."""
    world = planted.world
    refs = list(planted.refs.values()) if every_comment else [planted.refs[what] for what in ("name", "escalated")]
    for rule, method, _ in world.staff_rules():
        if method != "GET" or rule.endpoint in ENDING:
            continue
        missing = rule.arguments - {*world.parts}
        assert not missing, f"say in tests/engage/access/every_address.py what stands for {missing} of {rule.rule}"
        for ref in refs if "ref" in rule.arguments else [world.parts["ref"]]:
            yield rule.endpoint, world.address(rule, ref=ref)


def _leaks(endpoint: str, address: str, role: str, content: str) -> list[str]:
    # An escalated comment is hidden from everybody but those who sort comments.
    sorts = role != "analyst" and endpoint.startswith(SHOWN_TO_SORTERS)
    return [f"{address} shows an {role}: {what}" for what in found_in(content, besides=["escalated"] if sorts else [])]


def test_only_a_reveal_and_a_safeguarding_lead_see_it(planted: Planted) -> None:
    world = planted.world
    path = f"/staff/surveys/{SLUG}/comments/{{}}"
    with contextlib.redirect_stderr(planted.log):
        officer = world.signed_in("officer", own(world))
        asked = {"csrf_token": officer.token, "reason": next(iter(REVEAL_REASONS))}
        revealed = officer.client.post(path.format(planted.refs["name"]) + "/reveal", data=asked)
        lead = world.signed_in("safeguarding", own(world))
        urgent = lead.client.get(path.format(planted.refs["escalated"])).text
        calm = lead.client.get(path.format(planted.refs["name"])).text
    assert found_in(revealed.text) == ["name"]
    assert found_in(urgent) == ["escalated"]
    assert found_in(calm) == []


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".jsonl"])
def test_no_exported_file_holds_it(planted: Planted, tmp_path: Path, suffix: str) -> None:
    with planted.world.database.reading() as session:
        done = export_answers(session, survey=find_survey(session, slug=SLUG), path=tmp_path / f"answers{suffix}")
    assert done.responses > len(KINDS_PLANTED)
    content = readable(done.path.read_bytes())
    assert "[NHS number]" in content
    assert "[withheld]" in content
    assert found_in(content) == []
    assert found_in(readable(done.codebook.read_bytes())) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["results", SLUG, "--by", "audience", "--json"],
        ["report", SLUG, "-o", "board.html"],
        ["report", SLUG, "-o", "board.pdf"],
        ["report", SLUG, "-o", "board.docx"],
        ["report", SLUG, "-o", "board.xlsx"],
        ["report", SLUG, "-o", "board.csv"],
        ["report", SLUG, "-o", "workshop.html", "--kind", "workshop"],
        ["audit", "export", "trail.csv"],
    ],
    ids=" ".join,
)
def test_no_report_holds_it(
    planted: Planted,
    settings_given: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(engage, arguments, env=settings_given)
    assert done.exit_code == 0, done.output
    assert found_in(done.output) == []
    for path in tmp_path.iterdir():
        assert found_in(readable(path.read_bytes())) == [], path.name


def test_no_table_but_that_of_comments_holds_it(planted: Planted) -> None:
    """Jobs, events, quotes, translations and results among them, and the inside of the search index.

    The list of staff names that an organisation gives to be masked holds just these, for whoever keeps it. Words that
    were taken out are not found from that moment on, and leave the inside of the index in the night.
    """
    rewrite_in_key_order(planted.world.database.engine, today=clock.now().date())
    with planted.world.database.reading() as session:
        names = session.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('comment', 'masking_list')")
        )
        for name in names.scalars().all():
            rows = session.execute(text(f"SELECT * FROM {name}")).all()  # noqa: S608 - a name of our own tables.
            content = "\n".join(
                cell.decode("latin-1") if isinstance(cell, bytes) else str(cell) for row in rows for cell in row
            )
            # The words of an escalated comment stand there masked, for those who sort comments.
            assert (
                found_in(content, besides=["escalated"] if name.startswith(("screened", "comment_search")) else [])
                == []
            ), name


def test_no_search_finds_it(planted: Planted) -> None:
    with planted.world.database.reading() as session:
        session.execute(text("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'comment_search', 'row')"))
        indexed = set(session.execute(text("SELECT term FROM temp.words WHERE doc > 0")).scalars())
    assert "listens" in indexed
    for what, (_, part) in PLANTED.items():
        words = re.findall(r"[a-z0-9]+", part.casefold())
        assert what == "escalated" or not set(words) <= indexed, what


def test_no_log_holds_it(planted: Planted) -> None:
    """Neither of what is tried here, nor, as this runs last, of anything above."""
    world = planted.world
    with contextlib.redirect_stderr(planted.log):
        officer = world.signed_in("officer", own(world))
        passages = f"/staff/surveys/{SLUG}/comments/{planted.refs['name']}/passages"
        officer.client.post(passages, data={"csrf_token": officer.token, "words": "was rude", "reason": "abusive"})
        officer.client.get(f"/staff/surveys/{SLUG}/answers?words=quimbleton")
    assert passages in planted.log.getvalue()
    assert found_in(planted.log.getvalue()) == []


def readable(content: bytes) -> str:
    """Everything that can be read in a page or file."""
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            # Text may be cut into runs in the middle of a word.
            parts = [
                re.sub(r"<[^>]+>", "", archive.read(name).decode("utf-8", "replace")) for name in archive.namelist()
            ]
        return "\n".join(parts)
    return content.decode("utf-8", "replace")
