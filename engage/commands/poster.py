"""``engage poster``: what is printed for one collector, or for all of a survey."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engage.commands.context import database, fail, of_organisation, settings
from engage.commands.writing_files import write_file

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPILOG = (
    "Examples: engage poster 7C3QX8 -o poster.pdf --size a3; engage poster 7C3QX8 -o tent.pdf --kind table-tent; "
    "engage poster --all cancer-strategy-themes -o prints.zip"
)
# What --kind and --size say together; the first size of a kind is what it has without --size.
_SIZES = {
    "poster": {"a4": "poster-a4", "a5": "poster-a5", "a3": "poster-a3"},
    # A sheet of A4, folded once, is a leaflet of A5.
    "leaflet": {"a4": "leaflet-a4", "a5": "leaflet-a4", "a3": "leaflet-a3"},
    "card": {"card": "cards", "a6": "cards-a6"},
    "table-tent": {"a4": "table-tent"},
    "screen": {"screen": "screen"},
}


@click.command(epilog=_EPILOG)
@click.argument("code", required=False)
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@click.option(
    "--size",
    type=click.Choice(["a6", "a5", "a4", "a3"]),
    help="Of a poster a5, a4 (as a rule) or a3; of a leaflet a4 (folded to a5) or a3 (large print); of cards a6.",
)
@click.option("--kind", type=click.Choice(list(_SIZES)), help="What to make; a poster unless told.")
@click.option("--language", help="Language of the survey to print; else the collector's, else the survey's own.")
@click.option("--all", "slug", metavar="SLUG", help="Everything for every collector of this survey, in a .zip file.")
@of_organisation
def poster(
    code: str | None,
    output: Path,
    size: str | None,
    kind: str | None,
    language: str | None,
    slug: str | None,
    organisation: str | None,
) -> None:
    """Make the poster of the collector CODE: what is asked, QR code, typed address, closing date.

    The leaflet explains every theme as well; cards come many on a sheet of A4; a table tent is folded and stands; a
    screen is a picture (.png, or .pdf). With --all, a .zip file with A4 and A5 posters, or the --kind that you name.
    Each code is read back before its file is written.
    """
    if (code is None) == (slug is None):
        raise click.UsageError("Name either a CODE or --all SLUG.")
    if slug is not None:
        _write_all(slug, organisation, output, size, kind, language)
    else:
        _write_one(str(code), output, _kind(kind or "poster", size), language)


def _kind(kind: str, size: str | None) -> str:
    sizes = _SIZES[kind]
    if size is not None and size not in sizes:
        offered = [name for name in sizes if name.startswith("a")]
        remedy = f"choose --size {' or '.join(offered)}" if offered else "leave --size out"
        raise click.UsageError(f"A {kind} is not made in {size}; {remedy}.")
    return sizes[size] if size else next(iter(sizes.values()))


def _write_one(code: str, output: Path, kind: str, language: str | None) -> None:
    suffixes = (".pdf", ".png") if kind == "screen" else (".pdf",)
    suffix = output.suffix.lower()
    if suffix not in suffixes:
        raise click.UsageError(f"{output.name}: a {kind} is a file that ends in {' or '.join(suffixes)}.")
    from reports.documents import DocumentFailed
    from reports.invitation import invitation_for
    from reports.prints import Printer
    from surveys.collectors import CollectorNotFound, find_collector

    try:
        with database().reading() as session:
            invitation = invitation_for(
                session,
                collector=find_collector(session, code=code),
                base_url=settings().base_url,
                time_zone=settings().time_zone,
                language=language,
            )
        printer = Printer()
        made = printer.file(invitation, kind) if suffix == ".png" else printer.pdf(invitation, kind)
    except CollectorNotFound:
        fail(f"There is no collector with the code {code}. 'engage survey show SLUG' lists the codes of a survey.")
    except DocumentFailed as reason:
        fail(str(reason))
    write_file(output, made)


def _advance(bar: Any, done: int) -> None:
    bar.update(done - bar.n)


def _write_all(
    slug: str, organisation: str | None, output: Path, size: str | None, kind: str | None, language: str | None
) -> None:
    from surveys.print_plan import USUAL_KINDS

    if output.suffix.lower() != ".zip":
        raise click.UsageError(f"{output.name}: with --all, the file ends in .zip.")
    kinds: Sequence[str] = (_kind(kind or "poster", size),) if kind or size else USUAL_KINDS
    from tqdm import tqdm

    from reports.documents import DocumentFailed
    from reports.invitation import invitations_for
    from reports.print_bundle import prints_zip
    from surveys.collectors import collectors_of
    from surveys.publishing import SurveyNotFound, find_survey

    base_url = settings().base_url
    try:
        with database().reading() as session:
            survey = find_survey(session, slug=slug, organisation=organisation)
            planned, invitations = invitations_for(
                session,
                collectors=[one for one in collectors_of(session, survey=survey) if one.stopped_at is None],
                languages=(language,) if language else None,
                kinds=kinds,
                base_url=base_url,
                time_zone=settings().time_zone,
            )
        if not planned:
            fail(f"{slug} has no collector to print for. 'engage collector add {slug} --name TEXT' makes one.")
        with tqdm(total=len(planned), unit="file", disable=None) as bar:
            made = prints_zip(
                planned, invitations=invitations, base_url=base_url, progress=lambda done: _advance(bar, done)
            )
    except SurveyNotFound as fault:
        fail(f"{str(fault)[:1].upper()}{str(fault)[1:]}.")
    except DocumentFailed as reason:
        fail(str(reason))
    write_file(output, made)
