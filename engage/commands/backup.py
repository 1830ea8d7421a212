"""``engage backup`` and ``engage restore``: one file with everything that is stored."""

from __future__ import annotations

from pathlib import Path

import click

from engage.commands.context import fail, settings


@click.command(epilog="Example: engage backup /mnt/backups/engage-2026-11-21.zip")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a consistent copy of everything stored to FILE while people go on answering.

    Drafts and the secret key are left out: keep the instance folder's secret_key apart from backups.
    """
    from engage import migrations
    from engage.clock import now
    from surveys.backup import BackupFault, make_backup

    revision = migrations.current(settings().database_url)
    if revision is None:
        fail("There is no database yet. Run: engage db upgrade")
    try:
        description = make_backup(settings().database_url, file, revision=revision, at=now())
    except BackupFault as fault:
        fail(str(fault))
    except OSError as error:
        fail(f"{file} cannot be written: {error.strerror}. Choose another place.")
    click.echo(f"{file}\t{description.database}\trevision {description.revision}\t{file.stat().st_size} bytes")


@click.command(epilog="Example: engage restore /mnt/backups/engage-2026-11-21.zip --force")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what this installation has stored.")
def restore(file: Path, force: bool) -> None:
    """Bring the backup FILE back. Refuses to overwrite a database without --force; stop the server first."""
    from engage import migrations
    from surveys.backup import BackupFault, describe_backup, restore_backup

    urls = settings().database_url, settings().drafts_url
    try:
        description = describe_backup(file)
        if description.revision > migrations.head():
            fail(f"{file.name} was made by a later version of Engage. Bring it back with that version.")
        if not force and migrations.current(urls[0]) is not None:
            fail("This installation has a database already. Add --force to replace everything in it by the backup.")
        restore_backup(urls[0], file, drafts_url=urls[1])
    except BackupFault as fault:
        fail(str(fault))
    migrations.upgrade(*urls)
    click.echo(f"Restored what was stored at {description.made_at}.")
