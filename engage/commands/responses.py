"""``engage responses``: bringing answers in from a file, and giving them out as one."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from engage.audit.comment_events import UnmaskedExportAsked
from engage.audit.events import AnswersExported, AnswersImported, record
from engage.clock import now
from engage.commands.context import database, fail, of_organisation, progress, settings
from surveys.importing import FileFault, ImportedAnswers, ImportEnded, MapFaults, count_lines, import_answers
from surveys.publishing import find_survey

BY = "command line"
_SHORTEST_REASON, _LONGEST_REASON = 5, 300


@click.group(epilog="Example: engage responses export cancer-strategy -o answers.csv")
def responses() -> None:
    """Import and export answers. docs/answers-file.md describes the files."""


@responses.command("import", epilog="Example: engage responses import cancer-strategy paper-forms.csv --map ours.yaml")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "map_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML that says what another system's column names and codes mean here.",
)
@click.option("--keep-good", is_flag=True, help="Import the rows without faults although others have some.")
@click.option("--create-collectors", is_flag=True, help="Make the collectors that the file names and the survey lacks.")
@of_organisation
def import_(
    slug: str,
    file: Path,
    map_file: Path | None,
    *,
    keep_good: bool,
    create_collectors: bool,
    organisation: str | None,
) -> None:
    """Import the answers in FILE (.csv, .xlsx or .jsonl) to the survey SLUG.

    Every bad row is reported as FILE:LINE with its reason. All rows are imported or none, unless --keep-good.
    Exit status 1 where any row was refused.
    """
    main, at = database(), now()
    reached = 0
    try:
        with progress(count_lines(file), unit="lines", doing="Importing") as bar:

            def move(line: int) -> None:
                nonlocal reached
                bar.update(line - reached)
                reached = line

            done = import_answers(
                main.writing,
                slug=slug,
                organisation=organisation,
                path=file,
                map_content=None if map_file is None else map_file.read_bytes(),
                keep_good=keep_good,
                create_collectors=create_collectors,
                at=at,
                today=at.astimezone(ZoneInfo(settings().time_zone)).date(),
                by=BY,
                progress=move,
            )
    except FileFault as fault:
        fail(f"{file}:{fault.line}: {fault.message}", "Nothing was imported.")
    except MapFaults as faults:
        fail(*(f"{map_file}:{fault.line}: {fault.message}" for fault in faults.faults), "Nothing was imported.")
    except OSError as error:
        fail(f"{error.filename or file} cannot be read ({error.strerror}). Nothing was imported.")
    except (LookupError, ImportEnded) as error:
        fail(str(error))
    if done.imported:
        with main.writing() as session:
            survey = find_survey(session, slug=slug, organisation=organisation)
            event = AnswersImported(survey=survey.slug, rows=done.imported)
            record(session, event, organisation_id=survey.organisation_id, by=BY, at=at)
    _tell(done, file, keep_good=keep_good)


def _tell(done: ImportedAnswers, file: Path, *, keep_good: bool) -> None:
    """What became of the file; ends the command with exit status 1 where anything was refused."""
    for name in done.new_collectors:
        click.echo(f"New collector: {name}", err=True)
    if done.imported:
        click.echo(f"Imported {done.imported:,} responses.")
    if done.imported and not done.identified:
        click.echo(
            "The rows had no response_id, so nothing can stop the same file from being imported again.", err=True
        )
    if done.faults:
        lines = [f"{file}:{fault.line}: {fault.message}" for fault in done.faults]
        refused = len({fault.line for fault in done.faults})
        if not done.imported:
            hint = "" if keep_good else " Correct the lines above, or import the others with --keep-good."
            fail(*lines, f"Nothing was imported.{hint}")
        fail(*lines, f"{refused:,} lines were refused.")


@responses.command("export", epilog="Example: engage responses export cancer-strategy -o answers.xlsx")
@click.argument("slug")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: .csv, .xlsx or .jsonl.",
)
@click.option("--unmasked", is_flag=True, help="Give comments as people wrote them. Needs --reason.")
@click.option("--reason", default="", help="Why unmasked comments are needed, 5 to 300 characters; it is recorded.")
@of_organisation
def export(slug: str, output: Path, unmasked: bool, reason: str, organisation: str | None) -> None:
    """Write every response of the survey SLUG to a file, one row for each, and a codebook beside it.

    The rows are in no order and their names are made for this file alone. Equality answers are never in it. In
    comments, names and numbers are masked as everywhere else, and escalated comments are withheld.
    """
    from surveys.exporting import ExportFault, export_answers

    reason = reason.strip()
    if unmasked != bool(reason):
        raise click.UsageError("--unmasked and --reason belong together: say why comments are needed as written.")
    if unmasked and not _SHORTEST_REASON <= len(reason) <= _LONGEST_REASON:
        raise click.UsageError(f"Give a reason of {_SHORTEST_REASON} to {_LONGEST_REASON} characters.")
    main = database()
    try:
        with main.reading() as session, progress(None, unit="responses", doing="Exporting") as bar:
            survey = find_survey(session, slug=slug, organisation=organisation)
            owner, known_as = survey.organisation_id, survey.slug
            if unmasked:
                # Before the first byte is written, so that no such file exists of which the trail does not know.
                with main.writing() as recording:
                    asked = UnmaskedExportAsked(known_as, output.name, reason)
                    record(recording, asked, organisation_id=owner, by=BY, at=now())
            done = export_answers(session, survey=survey, path=output, unmasked=unmasked, progress=bar.update)
    except (ExportFault, LookupError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{output} cannot be written ({error.strerror}). Name a file in a folder that exists and you may change.")
    with main.writing() as session:
        event = AnswersExported(survey=known_as, rows=done.responses)
        record(session, event, organisation_id=owner, by=BY, at=now())
    click.echo(f"{done.responses:,} responses\t{done.path}")
    if done.codebook != done.path:
        click.echo(f"codebook\t{done.codebook}")
