"""``engage report``: the board report, the workshop pack and the tables; ``engage report verify`` checks one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engage import clock
from engage.commands.context import database, fail, of_organisation
from engage.commands.writing_files import write_file

if TYPE_CHECKING:
    from reports.disclosure import DisclosedResults
    from reports.workshop_pack import Form
    from surveys.questionnaire import Questionnaire

_MOST_DIFFERENCES = 20


class _ReportOrVerify(click.Group):
    """``engage report verify FILE`` checks a report; any other first word is the survey to report on."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "", make, args


@click.group(
    cls=_ReportOrVerify,
    context_settings={"ignore_unknown_options": True},
    options_metavar="",
    subcommand_metavar="SLUG -o FILE [OPTIONS] | verify FILE.pdf",
    epilog="Examples: engage report cancer-strategy-themes -o board.pdf; engage report verify board.pdf. "
    "All options: engage report SLUG --help",
)
def report() -> None:
    """Make the board report of the survey SLUG, its workshop pack or its tables, or verify a report made before.

    The ending of FILE says what to make: .pdf to print, .html to read on a screen, .xlsx for the tables.
    """


@click.command(epilog="Example: engage report cancer-strategy-themes -o workshop.pdf --kind workshop --form screen")
@click.argument("slug")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to make."
)
@click.option("--kind", type=click.Choice(["board", "workshop"]), default="board", show_default=True)
@click.option("--language", metavar="CODE", help="A language of the survey; else the survey's own.")
@click.option("--by", metavar="FIELD", help="Show each group beside the others, such as place or an answer.")
@click.option(
    "--form",
    type=click.Choice(["print", "screen"]),
    default="print",
    show_default=True,
    help="Of a workshop pack: sheets for walls and tables, or pages for a projector.",
)
@of_organisation
def make(
    slug: str,
    output: Path,
    kind: str,
    language: str | None,
    by: str | None,
    form: Form,
    organisation: str | None,
) -> None:
    """Make the report of the survey SLUG as FILE: .pdf, .html or .xlsx."""
    if output.suffix.lower() not in (".pdf", ".html", ".xlsx"):
        raise click.UsageError(f"{output.name}: a report ends in .pdf, .html or .xlsx.")
    # The statistics are imported late: --help should not wait for them.
    from reports.documents import DocumentFailed
    from reports.people import RequestRefused
    from reports.request import disclosed_results, reported_questionnaire
    from reports.tabulation import Filters
    from surveys.publishing import SurveyNotFound

    with database().reading() as session:
        try:
            results = disclosed_results(
                session, slug=slug, organisation=organisation, filters=Filters(by=by), at=clock.now()
            )
        except (SurveyNotFound, RequestRefused) as refused:
            fail(f"{str(refused)[:1].upper()}{str(refused)[1:]}.")
        questionnaire = reported_questionnaire(session, slug=slug, organisation=organisation, results=results)
    offered = dict.fromkeys((questionnaire.language, *questionnaire.languages))
    if language is not None and language not in offered:
        fail(f"This survey has no texts in {language!r}; it has {', '.join(offered)}.")
    try:
        content = _document(
            results, questionnaire, language or questionnaire.language, output.suffix.lower(), kind, form
        )
    except DocumentFailed as failed:
        fail(str(failed))
    write_file(output, content)


def _document(
    results: DisclosedResults, questionnaire: Questionnaire, language: str, suffix: str, kind: str, form: Form
) -> bytes:
    if suffix == ".xlsx":
        from reports.spreadsheet import results_xlsx

        return results_xlsx(results, questionnaire, language=language)
    if kind == "workshop":
        from reports.workshop_pack import workshop_pack_html, workshop_pack_pdf

        if suffix == ".html":
            return workshop_pack_html(results, questionnaire, language=language, form=form).encode()
        return workshop_pack_pdf(results, questionnaire, language=language, form=form)
    from reports.board_report import board_report_html, board_report_pdf

    if suffix == ".html":
        return board_report_html(results, questionnaire, language=language).encode()
    return board_report_pdf(results, questionnaire, language=language)


@report.command(epilog="Example: engage report verify board-report.pdf")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@of_organisation
def verify(file: Path, organisation: str | None) -> None:
    """Say whether the figures of the report FILE still follow from the stored answers, and what made them.

    Exit status 0 where every figure matches, 1 where any differs or the file cannot be verified. The figures that
    travel inside the PDF are compared, not the drawing on its pages.
    """
    from reports.verification import NotVerifiable
    from reports.verification import verify as verify_report

    try:
        with database().reading() as session:
            verification = verify_report(session, file.read_bytes(), organisation=organisation)
    except NotVerifiable as reason:
        fail(f"{file}: {reason}")
    for subject, statement in verification.statements:
        click.echo(f"{subject}: {statement}")
    if verification.matches:
        click.echo("Every figure of this report follows from the stored answers.")
        return
    shown = verification.differences[:_MOST_DIFFERENCES]
    more = len(verification.differences) - len(shown)
    cause = (
        "The stored answers are the same, so the report was changed or made by another version of Engage."
        if verification.same_data
        else "The stored answers have changed since the report was made."
    )
    fail(
        f"{len(verification.differences)} figures differ. {cause}",
        *shown,
        *([f"… and {more} more."] if more else []),
    )
