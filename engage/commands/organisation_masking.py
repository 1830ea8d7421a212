"""``engage organisation masking``: what an organisation adds to the masking of comments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engage.commands.context import database, fail

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from surveys.storage import tables

BY = "command line"
_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command(epilog='Example: engage organisation masking --hospital-number "RX1 999999" --staff-names names.txt')
@click.argument("slug", required=False)
@click.option("--hospital-number", metavar="SHAPE", help="How hospital numbers look: 9 any digit, A any letter.")
@click.option("--staff-names", type=_FILE, help="A text file with one name a line, in UTF-8.")
@click.option("--remove", is_flag=True, help="Take both away.")
def masking(slug: str | None, hospital_number: str | None, staff_names: Path | None, remove: bool) -> None:
    """Hide hospital numbers and names of staff of the organisation SLUG, or of the one at the top, in comments.

    What is not given stays. Without options, say whether a shape is kept and how many names; never the names.
    """
    from surveys.organisations import ensure_root, find_organisation

    is_change = hospital_number is not None or staff_names is not None
    if remove and is_change:
        raise click.UsageError("Give either --remove or what to keep.")
    try:
        with database().writing() as session:
            found = find_organisation(session, slug=slug) if slug else ensure_root(session)
            if remove:
                _keep(session, found, "", [])
            elif is_change:
                _take(session, found, hospital_number, staff_names)
            _tell(session, found)
    except LookupError as refused:
        fail(f"{str(refused)[:1].upper()}{str(refused)[1:]}.")


def _take(session: Session, found: tables.Organisation, shape: str | None, file: Path | None) -> None:
    from surveys.comments.masking_list import MaskingListRefused, find_masking_list

    kept = find_masking_list(session, organisation=found)
    try:
        names = file.read_text("utf-8-sig").splitlines() if file else list(kept.staff_names) if kept else []
        _keep(session, found, (kept.hospital_number if kept else "") if shape is None else shape, names)
    except UnicodeDecodeError:
        fail(f"{file}: is not a text in UTF-8. Save it as UTF-8 and try again.")
    except OSError as error:
        fail(f"{file}: cannot be read ({error.strerror}).")
    except MaskingListRefused as refused:
        said = [f"--hospital-number: {refused.shape}."] if refused.shape else []
        fail(*said, *(f"{file}:{line}: {fault}." for line, fault in refused.names))


def _keep(session: Session, found: tables.Organisation, shape: str, names: list[str]) -> None:
    from engage import clock
    from engage.audit.events import MaskingListChanged, record
    from surveys.comments.masking_list import find_masking_list, keep_masking_list

    at = clock.now()
    if keep_masking_list(session, organisation=found, hospital_number=shape, names=names, at=at, by=BY):
        kept = find_masking_list(session, organisation=found)
        event = MaskingListChanged(
            found.slug, len(kept.staff_names) if kept else 0, bool(kept and kept.hospital_number)
        )
        record(session, event, organisation_id=found.id, by=BY, at=at)


def _tell(session: Session, found: tables.Organisation) -> None:
    from surveys.comments.masking_list import find_masking_list

    kept = find_masking_list(session, organisation=found)
    click.echo(f"hospital number\t{(kept and kept.hospital_number) or 'none'}")
    click.echo(f"staff names\t{len(kept.staff_names) if kept else 0}")
