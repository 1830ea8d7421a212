"""``engage audit``: is the audit trail whole, and a copy of it to keep elsewhere."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import click

from engage.commands.context import database, fail, settings

_NOTED = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")


@click.group(epilog="Example: engage audit verify --noted 1204:9f86d081…")
def audit() -> None:
    """Check the audit trail, and write a copy of it.

    Each event carries a hash over itself and the event before it. Note down what 'verify' prints, somewhere that
    nobody who runs this machine can change: then nobody can make the whole chain anew without its being noticed.
    """


@audit.command(epilog="Example: engage audit verify")
@click.option("--noted", metavar="ID:HASH", help="What an earlier run printed, to check that it still holds.")
def verify(noted: str | None) -> None:
    """Go along the whole chain; prints how many events there are, and the last one as ID:HASH to note down.

    Exit status 1 where anything was changed or removed; the first place where it shows is named.
    """
    from engage.audit.chain import verify as verify_chain

    read = _NOTED.fullmatch(noted.strip().lower()) if noted is not None else None
    if noted is not None and read is None:
        raise click.UsageError("--noted takes ID:HASH as 'engage audit verify' prints it, such as 1204: and 64 digits.")
    with database().reading() as session:
        chain = verify_chain(session, noted=(int(read[1]), bytes.fromhex(read[2])) if read else None)
    if chain.fault:
        fail(
            f"The audit trail is not whole: {chain.fault}.",
            f"The {chain.events} events before that are in order. Compare with a backup or an export made earlier.",
        )
    click.echo(f"{chain.events}\t{chain.last_id}:{chain.last_hash.hex()}")


@audit.command(epilog="Example: engage audit export audit.csv --since 2026-11-01")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="From this day on.")
def export(file: Path, since: datetime.datetime | None) -> None:
    """Write the events to FILE (.csv or .jsonl), oldest first, with their hashes. Prints how many there are."""
    from zoneinfo import ZoneInfo

    from engage.audit.reading import Sought, as_csv, as_json_lines, records

    ending = file.suffix.lower()
    if ending not in (".csv", ".jsonl"):
        raise click.UsageError(f"{file.name}: the file ends in .csv or .jsonl.")
    sought = Sought(since=since.date() if since else None, zone=ZoneInfo(settings().time_zone))
    written = 0

    def counted(found: Iterator[dict[str, object]]) -> Iterator[dict[str, object]]:
        nonlocal written
        for one in found:
            written += 1
            yield one

    try:
        # The mark at the start tells spreadsheets that the letters are UTF-8.
        encoding = "utf-8-sig" if ending == ".csv" else "utf-8"
        with database().reading() as session, file.open("w", encoding=encoding, newline="") as opened:
            found = counted(records(session, sought=sought))
            opened.writelines(as_csv(found) if ending == ".csv" else as_json_lines(found))
    except OSError as error:
        fail(f"{file} cannot be written ({error.strerror}). Name a file in a folder that exists and may be changed.")
    click.echo(written)
