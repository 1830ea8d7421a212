"""Attacks random surveys with everything that is published of them (JSON, web page, charts, workbook and PDF).

It goes on for as long as ENGAGE_ATTACK_MINUTES says, from the survey of ENGAGE_ATTACK_SEED on.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from engage import migrations
from engage.unit_of_work import Database
from reports.whole_survey import WholeSurvey
from surveys.audiences import ensure_shipped
from tests.reports.attack import attacked

TABLES = 10_000
"""Small enough that every table is one that somebody could ask for, and many enough to meet rare cases."""


def figures() -> list[tuple[str, float, float | None]]:
    """(what is measured, the value found, the value to reach or None)."""
    minutes = float(os.environ.get("ENGAGE_ATTACK_MINUTES", "2"))
    first_seed = int(os.environ.get("ENGAGE_ATTACK_SEED", "1000"))
    surveys, secrets, worst = 0, 0, 0.0
    found: list[str] = []
    tables = 0
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'engage.sqlite'}"
        migrations.upgrade(url)
        database = Database(url)
        with database.writing() as session:
            ensure_shipped(session)
        decided = WholeSurvey._decide
        took: list[float] = []

        def timed(self: WholeSurvey, *given: Any) -> Any:
            begin = time.process_time()
            made = decided(self, *given)
            took.append(time.process_time() - begin)
            return made

        # Set by its name, so that it can be taken for the method that it times.
        setattr(WholeSurvey, "_decide", timed)  # noqa: B010  # An assignment would need the method's own type.
        begin = time.monotonic()
        with Session(database.writing_engine) as session:
            while time.monotonic() - begin < 60 * minutes and tables < TABLES:
                seed = first_seed + surveys
                done = attacked(session, seed, days=2 if surveys % 4 == 3 else 1, reads_pdf=True)
                found += [f"seed {seed}: {one}" for one in done.found]
                surveys, secrets, tables = surveys + 1, secrets + done.secrets, tables + done.tables
        worst = max(took, default=0.0)
    for one in found:
        print(f"  found: {one}")
    return [
        ("Random surveys attacked with all of their results together", surveys, None),
        (f"Tables by groups in them (of {TABLES:,} to attack)", tables, None),
        ("Numbers in them that are too small to publish", secrets, None),
        ("Small numbers recovered", len(found), 0),
        ("Most seconds of processor time that one decision took", worst, 10),
    ]
