"""What every command shares: the settings, the database, refusing with a message, showing progress."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING, Any, NoReturn

import click
from tqdm import tqdm

if TYPE_CHECKING:
    from engage.settings import Settings
    from engage.unit_of_work import Database


of_organisation = click.option(
    "--organisation", metavar="SLUG", help="Whose survey it is, where several organisations have one of this name."
)
"""The option of every command that takes a survey's slug."""

of_mentions = click.option(
    "--mentions-base",
    type=click.Choice(["commented", "respondents", "mentions"]),
    default="commented",
    show_default=True,
    help="What percentages of mentions are of: people who commented, all who answered, or all mentions.",
)
"""The option of every command that makes figures or reports."""


class Refusal(click.ClickException):
    """The input was refused: each line says one fault and its remedy. Exit status 1."""

    exit_code = 1

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=file is None)


def fail(*lines: str) -> NoReturn:
    """End the command with exit status 1 and these lines on standard error."""
    raise Refusal(*lines)


def settings() -> Settings:
    """The settings of this installation, read once for each run of the command line."""
    from engage.settings import SettingsFault, load_settings

    meta = click.get_current_context().find_root().meta
    if "engage.settings" not in meta:
        try:
            meta["engage.settings"] = load_settings()
        except SettingsFault as fault:
            fail(*fault.problems)
    found: Settings = meta["engage.settings"]
    return found


def database() -> Database:
    """The database of this installation, opened once. Refuses one that is not up to date, and says what to do."""
    from engage import migrations
    from engage.unit_of_work import Database

    root = click.get_current_context().find_root()
    meta = root.meta
    if "engage.database" not in meta:
        url = settings().database_url
        if migrations.current(url) != migrations.head():
            fail("The database is not up to date with this version of Engage. Run: engage db upgrade")
        meta["engage.database"] = Database(url, settings().drafts_url)
        root.call_on_close(meta["engage.database"].close)
    found: Database = meta["engage.database"]
    return found


def progress(total: int | None, *, unit: str = "rows", doing: str = "") -> tqdm[NoReturn]:
    """A progress bar on standard error: ``with progress(total) as bar: bar.update(n)``. Silent when piped."""
    return tqdm(total=total, unit=f" {unit}", desc=doing or None, file=sys.stderr, disable=not sys.stderr.isatty())
