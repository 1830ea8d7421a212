"""Whether this process can serve, found out without asking for anything that a person wrote."""

from __future__ import annotations

import shutil
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from engage.settings import Settings
from engage.unit_of_work import Database
from surveys.storage import tables


@cache
def _is_current(url: str, drafts_url: str) -> bool:
    # Migrations bring in a library that no other page of the web process needs.
    from engage import migrations

    if not migrations.is_current(url, drafts_url):
        raise LookupError("the database is not up to date")
    return True


def problem(database: Database) -> str | None:
    """What keeps this process from serving; None when nothing does."""
    try:
        with database.reading() as session:
            session.execute(select(1)).one()
        # Asked until the answer is yes: a database that is up to date stays so while this software runs.
        _is_current(database.url, database.drafts_url)
    except LookupError:
        return "The database is not up to date. Run: engage db upgrade"
    except SQLAlchemyError:
        return "The database cannot be reached."
    return None


def jobs_by_state(database: Database) -> dict[str, int]:
    """How many jobs wait, are being done, were done and failed."""
    job = tables.Job
    over = job.finished_at.is_not(None) | job.failed_at.is_not(None)
    states = {
        "asked": job.started_at.is_(None) & ~over,
        "started": job.started_at.is_not(None) & ~over,
        "finished": job.finished_at.is_not(None),
        "failed": job.failed_at.is_not(None),
    }
    with database.reading() as session:
        return {
            state: session.scalar(select(func.count()).select_from(job).where(condition)) or 0
            for state, condition in states.items()
        }


def free_bytes(settings: Settings) -> int:
    """Room left on the disk of the instance folder."""
    return shutil.disk_usage(settings.instance).free
