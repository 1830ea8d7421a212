"""``engage db``: creating the database and bringing it up to date."""

from __future__ import annotations

import click

from engage.commands.context import fail, settings


@click.group(epilog="Example: engage db upgrade")
def db() -> None:
    """Create the database or bring it up to date."""


@db.command(epilog="Example: engage db upgrade")
def upgrade() -> None:
    """Create or migrate the database. Safe to repeat; take a backup first where people have answered already."""
    from sqlalchemy.exc import OperationalError

    from engage import migrations
    from engage.unit_of_work import Database
    from surveys.audiences import ensure_shipped

    urls = settings().database_url, settings().drafts_url
    try:
        migrations.upgrade(*urls)
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()
        fail(f"The database cannot be opened: {reason[0] if reason else 'no reason given'}. Check ENGAGE_DATABASE_URL.")
    database = Database(*urls)
    with database.writing() as session:
        ensure_shipped(session)
    database.close()
    click.echo(f"The database is at revision {migrations.head()}.")
