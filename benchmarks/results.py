"""All results of a million responses in one warm process, against reading and counting what they are made from.

The disclosure audit has a budget of its own and is timed apart. One response in twenty is written by the function that
accepts real ones; the others are copies of those under keys of their own, because writing them all takes minutes.
"""

from __future__ import annotations

import datetime
import gc
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import bindparam, create_engine, insert, make_url, select, text, update
from sqlalchemy.orm import Session

from engage import migrations
from engage.unit_of_work import Database
from surveys.answers import Answers
from surveys.audiences import ensure_shipped
from surveys.collecting import Sent, collect_many
from surveys.collectors import add_collector, current_version
from surveys.library import library_files
from surveys.organisations import ensure_root
from surveys.publishing import current_version as current_version_of_survey
from surveys.publishing import find_survey, load_layout, publish
from surveys.question_bank import BANK_VERSION, equality_questionnaire
from surveys.questionnaire import ChoiceQuestion, ChoicesQuestion, LongTextQuestion, Questionnaire, RatingQuestion
from surveys.questionnaire_file import read_questionnaire
from surveys.routing import on_path
from surveys.storage import tables
from surveys.storage.engine import database_url

RESPONSES, WRITTEN = 1_000_000, 50_000
SLUG = "cancer-strategy-themes"
_AT = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=datetime.UTC)


def figures() -> list[tuple[str, float, float | None]]:
    """(what is measured, the value found, the value to reach) of the shipped survey; processor time, imports apart.

    On SQLite, and on PostgreSQL where ENGAGE_TEST_POSTGRES_URL names a server.
    """
    with tempfile.TemporaryDirectory() as name:
        found = _of_database(f"sqlite:///{Path(name) / 'engage.sqlite'}", "SQLite")
    server = os.environ.get("ENGAGE_TEST_POSTGRES_URL")
    if server:
        with _own_postgresql(server) as url:
            found += _of_database(url, "PostgreSQL")
    return found


def _of_database(url: str, where: str) -> list[tuple[str, float, float | None]]:
    _fill(url, WRITTEN)
    few = float(_child(url, "peak"))
    _copy(url, RESPONSES // WRITTEN)
    ratio, audit = map(float, _child(url, "ratio").split())
    peak = float(_child(url, "peak"))
    slope = (peak - few) / (RESPONSES - WRITTEN) * 1e6
    return [
        (
            f"All results of {RESPONSES:,} responses but the audit, in times reading and counting them: {where}",
            ratio,
            4,
        ),
        (f"The disclosure audit of them, in seconds of processor time: {where}", audit, 10),
        (f"Peak memory of all results of {RESPONSES:,} responses with imports, in MB: {where}", peak, 500),
        (f"Peak memory per million responses more, in MB: {where}", slope, None),
    ]


@contextmanager
def _own_postgresql(server: str) -> Iterator[str]:
    name = f"engage_benchmark_{os.getpid()}"
    engine = create_engine(database_url(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def _child(url: str, what: str) -> str:
    """Memory and warmth are a process's own, so each measurement has one."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.results", what, url], check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def _ratio(database: Database) -> str:
    """Taken in turns after one round of warming, so that a busy machine slows both alike. Ratio and audit seconds."""
    rounds = [(*_results(database), _cpu(lambda: _floor(database))) for _ in range(4)][1:]
    results, audit, floor = (min(times) for times in zip(*rounds, strict=True))
    print(json.dumps({"results_s": results, "audit_s": audit, "floor_s": floor}), file=sys.stderr)
    return f"{results / floor} {audit}"


def _results(database: Database) -> tuple[float, float]:
    """Processor seconds of all results without the audit, and of the audit."""
    from reports.request import disclosed_results
    from reports.whole_survey import WholeSurvey

    audits: list[float] = []
    decide = WholeSurvey._decide

    def timed(*arguments: Any) -> Any:
        begin = time.process_time()
        decided = decide(*arguments)
        audits.append(time.process_time() - begin)
        return decided

    def all_of_them() -> None:
        with database.reading() as session:
            results = disclosed_results(session, slug=SLUG, at=_AT)
        assert results.everybody.responses

    with patch.object(WholeSurvey, "_decide", timed):
        taken = _cpu(all_of_them)
    return taken - sum(audits), sum(audits)


def _floor(database: Database) -> None:
    import numpy as np

    with database.reading() as session:
        survey = find_survey(session, slug=SLUG)
        connection = session.connection().execution_options(stream_results=True)
        codes, of_survey = bytearray(), {"survey": survey.id}
        rows = connection.execute(
            text(
                "SELECT codes, collector_id, submitted_on, language, mode, version_id FROM response "
                "WHERE survey_id = :survey"
            ),
            of_survey,
        )
        while chunk := rows.fetchmany(10_000):
            codes += b"".join([row[0] for row in chunk])
        connection.execute(
            text("SELECT item_key, count(*) FROM comment WHERE survey_id = :survey GROUP BY item_key"), of_survey
        ).all()
        layout = load_layout(session, current_version_of_survey(session, survey=survey).id)
    matrix = np.frombuffer(codes, dtype=np.uint8).reshape(-1, layout.length)
    assert len(matrix) == RESPONSES, len(matrix)
    for column in range(layout.byte_width):
        np.bincount(matrix[:, column])


def _cpu(work: Callable[[], object]) -> float:
    gc.collect()
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _fill(url: str, size: int) -> None:
    """A database with ``size`` responses: four in five from patients at 20 places, the others from staff at three."""
    migrations.upgrade(url)
    database = Database(url)
    questionnaire = read_questionnaire(library_files()[SLUG].read_bytes())
    chance = random.Random(size)
    with database.writing() as session:
        ensure_shipped(session)
        publish(session, organisation=ensure_root(session), questionnaire=questionnaire, at=_AT, by="benchmark")
        survey = find_survey(session, slug=SLUG)
        patients, staff = (
            [
                add_collector(
                    session,
                    survey=survey,
                    name=f"{audience} {number}",
                    place=f"Trust / {audience} {number}",
                    audience=audience,
                    at=_AT,
                    by="benchmark",
                )
                for number in range(places)
            ]
            for audience, places in (("patients", 20), ("staff", 3))
        )
        version_id = current_version(session, patients[0]).id
        sent = (
            Sent(
                chance.choice(patients if chance.random() < 0.8 else staff),
                answers,
                "en",
                chance.choice(("web", "web", "paper")),
                _AT.date() - datetime.timedelta(chance.randrange(60)),
            )
            for answers in _people(questionnaire, size, chance)
        )
        collect_many(session, version_id=version_id, batch_id=None, sent=sent)
        _add_backgrounds(session, survey, questionnaire, chance)
    database.close()


def _copy(url: str, times: int) -> None:
    """Make ``times`` as many responses of those that are there, each with its comments and background answers."""
    database = Database(url)
    sqlite = database.engine.dialect.name == "sqlite"
    chance = "randomblob(16)" if sqlite else "decode(md5(random()::text || random()::text), 'hex')"
    copied = (
        f"SELECT key AS old, {chance} AS new, equality_key AS old_tie, "  # noqa: S608 Words of our own.
        f"CASE WHEN equality_key IS NOT NULL THEN {chance} END AS new_tie FROM response"
    )
    with database.writing() as session:
        connection = session.connection()
        for _ in range(times - 1):
            for statement in (
                f"CREATE TEMP TABLE copied AS {copied} LIMIT {WRITTEN}",
                f"CREATE INDEX {'temp.' if sqlite else ''}copied_old ON copied (old)",
                _copying("response", {"key": "copied.new", "equality_key": "copied.new_tie"}, "key = copied.old"),
                _copying("comment", {"response_key": "copied.new"}, "response_key = copied.old"),
                _copying("equality_answer", {"key": "copied.new_tie"}, "key = copied.old_tie"),
                "DROP TABLE copied",
            ):
                connection.exec_driver_sql(statement)
    database.close()


def _copying(name: str, instead: dict[str, str], where: str) -> str:
    columns = [column.name for column in tables.Base.metadata.tables[name].columns]
    values = ", ".join(instead.get(column, f"{name}.{column}") for column in columns)
    return f"INSERT INTO {name} ({', '.join(columns)}) SELECT {values} FROM copied JOIN {name} ON {name}.{where}"  # noqa: S608 Names of our own.


def _add_backgrounds(
    session: Session, survey: tables.Survey, questionnaire: Questionnaire, chance: random.Random
) -> None:
    """Background answers of half of the people, written at once: sending them one by one would take minutes."""
    response, background = tables.Response.__table__, tables.EqualityAnswer.__table__
    asked = equality_questionnaire(questionnaire)
    assert asked is not None
    ties, rows = [], []
    for key in session.scalars(select(tables.Response.key)):
        if chance.random() < 0.5:
            tie = chance.randbytes(16)
            ties.append({"response": key, "tie": tie})
            rows.append(
                {
                    "key": tie,
                    "survey_id": survey.id,
                    "organisation_id": survey.organisation_id,
                    "bank_version": BANK_VERSION,
                    "answers": json.dumps(_person(asked, chance), separators=(",", ":"), sort_keys=True),
                    "submitted_on": _AT.date(),
                }
            )
    of_response = (response.c.survey_id == survey.id) & (response.c.key == bindparam("response"))
    session.connection().execute(update(response).where(of_response).values(equality_key=bindparam("tie")), ties)
    session.connection().execute(insert(background), rows)


def _people(questionnaire: Questionnaire, size: int, chance: random.Random) -> Iterator[Answers]:
    """Answers of people who skip one question in ten and comment on one theme in five."""
    different = [_person(questionnaire, chance) for _ in range(5_000)]
    return (chance.choice(different) for _ in range(size))


def _person(questionnaire: Questionnaire, chance: random.Random) -> Answers:
    answers: Answers = {}
    for item in questionnaire.items:
        question = item.question
        if isinstance(question, LongTextQuestion):
            if chance.random() < 0.2:
                answers[item.key] = "It would help to be told when the result comes. " * chance.randint(1, 4)
        elif isinstance(question, RatingQuestion | ChoiceQuestion) and chance.random() < 0.9:
            answers[item.key] = chance.choice(questionnaire.options(question)).id
        elif isinstance(question, ChoicesQuestion) and chance.random() < 0.9:
            ids = [option.id for option in questionnaire.options(question) if not option.exclusive]
            picked = set(chance.sample(ids, chance.randint(1, 3)))
            answers[item.key] = tuple(id_ for id_ in ids if id_ in picked)
    return on_path(questionnaire, answers)


def _measure(what: str, url: str) -> str:
    database = Database(url)
    if what == "ratio":
        return _ratio(database)
    _results(database)
    return str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(_measure(sys.argv[1], sys.argv[2]))
    else:
        for line, value, reach in figures():
            print(f"{line}: {value:.2f} (reach {reach})")
