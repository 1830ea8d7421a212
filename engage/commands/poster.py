"""``engage poster``: the poster or leaflet of one collector."""

from __future__ import annotations

from pathlib import Path

import click

from engage.commands.context import database, fail, settings
from engage.commands.writing_files import write_file

_EPILOG = "Example: engage poster 7C3QX8 -o poster.pdf --size a3"


@click.command(epilog=_EPILOG)
@click.argument("code")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF to write."
)
@click.option(
    "--size", type=click.Choice(["a5", "a4", "a3"]), default="a4", show_default=True, help="Paper of a poster."
)
@click.option("--kind", type=click.Choice(["poster", "leaflet"]), default="poster", show_default=True)
@click.option("--language", help="Language of the survey to print; else the collector's, else the survey's own.")
def poster(code: str, output: Path, size: str, kind: str, language: str | None) -> None:
    """Make the poster of the collector CODE: what is asked, QR code, typed address, closing date.

    The leaflet (A4 folded once) explains every theme as well.
    """
    if output.suffix.lower() != ".pdf":
        raise click.UsageError(f"{output.name}: a {kind} is a PDF, so its name ends in .pdf.")
    from reports.documents import DocumentFailed
    from reports.leaflet import leaflet_pdf
    from reports.poster import invitation_for, poster_pdf
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
        # Click has made sure that the size is one of those there are.
        pdf = leaflet_pdf(invitation) if kind == "leaflet" else poster_pdf(invitation, size=size)  # type: ignore[arg-type]
    except CollectorNotFound:
        fail(f"There is no collector with the code {code}. 'engage survey show SLUG' lists the codes of a survey.")
    except DocumentFailed as reason:
        fail(str(reason))
    write_file(output, pdf)
