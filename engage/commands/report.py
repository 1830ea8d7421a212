"""``engage report``: the board report, the workshop pack and the tables; ``engage report verify`` checks one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engage import clock
from engage.commands.context import database, fail, of_mentions, of_organisation, settings
from engage.commands.giving_out import keep_counts
from engage.commands.writing_files import write_file

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reports.commentary import Written
    from reports.survey_figures import SurveyFigures
    from reports.tabulation import MentionsBase
    from reports.workshop_live import LiveSurvey
    from reports.workshop_pack import Form
    from surveys.storage import tables


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

    The ending of FILE says what to make: .pdf to print, .html to read on a screen, .docx to edit, .xlsx for the tables,
    .csv for all figures in one table.
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
@of_mentions
@of_organisation
def make(
    slug: str,
    output: Path,
    kind: str,
    language: str | None,
    by: str | None,
    form: Form,
    mentions_base: MentionsBase,
    organisation: str | None,
) -> None:
    """Make the report of the survey SLUG as FILE: .pdf, .html, .docx, .xlsx or .csv.

    It carries what an officer wrote in the studio. Where that is final, FILE is the final report as it was kept; with
    --by, another base of mentions or in another language, it is a new one without those words.
    """
    if output.suffix.lower() not in (".pdf", ".html", ".docx", ".xlsx", ".csv"):
        raise click.UsageError(f"{output.name}: a report ends in .pdf, .html, .docx, .xlsx or .csv.")
    if kind == "workshop" and output.suffix.lower() not in (".pdf", ".html"):
        raise click.UsageError(f"{output.name}: a workshop pack ends in .pdf or .html.")
    # The statistics are imported late: --help should not wait for them.
    from reports.commentary import commentary_of_new_report
    from reports.documents import DocumentFailed
    from reports.people import RequestRefused
    from reports.request import reported_questionnaire, results_to_give_out
    from reports.survey_figures import SurveyFigures
    from reports.tabulation import Filters
    from reports.workshop_live import live_survey
    from surveys.publishing import SurveyNotFound, find_survey

    with database().reading() as session:
        try:
            survey = find_survey(session, slug=slug, organisation=organisation)
            filters = Filters(by=by, mentions_base=mentions_base)
            kept = (
                None
                if filters != Filters()
                else _kept(session, survey, _name(kind, form, output.suffix.lower()), language)
            )
            if kept:
                write_file(output, kept.content)
                click.echo(
                    "This is the final report as it was kept. Begin a new edition of the commentary to report later "
                    "answers.",
                    err=True,
                )
                return
            given = results_to_give_out(session, slug=slug, organisation=organisation, filters=filters, at=clock.now())
        except (SurveyNotFound, RequestRefused) as refused:
            fail(f"{str(refused)[:1].upper()}{str(refused)[1:]}.")
        results = given.results
        questionnaire = reported_questionnaire(session, slug=slug, organisation=organisation, results=results)
        figures = SurveyFigures(results, questionnaire, language or questionnaire.language)
        commentary = commentary_of_new_report(session, survey=survey, figures=figures, time_zone=settings().time_zone)
        live = live_survey(session, survey=survey, base_url=settings().base_url, at=clock.now())
    offered = dict.fromkeys((questionnaire.language, *questionnaire.languages))
    if language is not None and language not in offered:
        fail(f"This survey has no texts in {language!r}; it has {', '.join(offered)}.")
    try:
        content = _document(figures, commentary, live, output.suffix.lower(), kind, form)
    except DocumentFailed as failed:
        fail(str(failed))
    keep_counts(given.counts)
    write_file(output, content)


def _name(kind: str, form: Form, suffix: str) -> str:
    """What a file of a final report is called."""
    if suffix in (".xlsx", ".csv"):
        return f"results{suffix}"
    if kind == "board":
        return f"board-report{suffix}"
    return f"workshop-{'screens' if form == 'screen' else 'pack'}{suffix}"


def _kept(session: Session, survey: tables.Survey, name: str, language: str | None) -> tables.FrozenReport | None:
    """The file of the final report, where the newest commentary is final and nothing else was asked for."""
    from surveys.commentary.editions import newest_edition
    from surveys.commentary.freezing import frozen_content
    from surveys.publishing import current_version, load_version

    edition = newest_edition(session, survey=survey)
    if edition is None or edition.state != "final":
        return None
    own = load_version(session, current_version(session, survey=survey).id).language
    if language not in (None, own):
        return None
    return frozen_content(session, survey=survey, number=edition.number, name=name)


def _document(
    figures: SurveyFigures, commentary: Written | None, live: LiveSurvey | None, suffix: str, kind: str, form: Form
) -> bytes:
    results, questionnaire, language = figures.results, figures.questionnaire, figures.language
    secret = settings().secret_key
    if suffix == ".xlsx":
        from reports.spreadsheet import results_xlsx

        return results_xlsx(results, questionnaire, language=language)
    if suffix == ".csv":
        from reports.results_csv import results_csv

        return results_csv(results, questionnaire, language=language)
    if kind == "workshop":
        from reports.workshop_pack import workshop_pack_html, workshop_pack_pdf

        if suffix == ".html":
            return workshop_pack_html(results, questionnaire, language=language, form=form, live=live).encode()
        return workshop_pack_pdf(results, questionnaire, language=language, form=form, live=live, secret=secret)
    if suffix == ".docx":
        from reports.word_document import board_report_docx

        return board_report_docx(results, questionnaire, language=language, commentary=commentary)
    from reports.board_report import board_report_html, board_report_pdf

    if suffix == ".html":
        return board_report_html(results, questionnaire, language=language, commentary=commentary).encode()
    return board_report_pdf(results, questionnaire, language=language, commentary=commentary, secret=secret)


@report.command(epilog="Example: engage report verify board-report.pdf")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@of_organisation
def verify(file: Path, organisation: str | None) -> None:
    """Say whether the figures of the report FILE still follow from the stored answers, and what made them.

    Exit status 0 where every figure matches and the file is as it was made; 1 where not, or where the file cannot be
    verified. A file that says it is final is verified only where it is the kept one, byte for byte; so are the Word
    file, the web page and the tables of a final report. Where it no longer matches, the parts of the report that differ
    are named, unless that could tell what a few people said.
    """
    from reports.carried import NotVerifiable
    from reports.verification import verify as verify_report

    content, found = file.read_bytes(), settings()
    secrets = (found.secret_key, *found.secret_key_fallbacks)
    with database().reading() as session:
        try:
            verification = verify_report(session, content, organisation=organisation, secrets=secrets)
        except NotVerifiable as reason:
            if _says_it_was_kept(session, content, organisation):
                return
            fail(f"{file}: {reason}")
    for subject, statement in verification.statements:
        click.echo(f"{subject}: {statement}")
    if verification.altered:
        fail(*verification.altered, "This file was altered, so its figures were not compared. Ask for it as made.")
    if verification.frozen:
        click.echo(f"This file is byte for byte part of the final report, edition {verification.frozen.edition}.")
    elif not verification.genuine:
        fail("This file says that it is final, and is not the file that was kept. It was changed or saved anew.")
    elif verification.sealed:
        click.echo("This file is as this installation made it, so it was right when it was made.")
    for change in verification.changes:
        click.echo(change)
    if verification.not_compared:
        fail(f"The figures cannot be compared now: {verification.not_compared}.")
    if verification.matches:
        click.echo("Every figure of this report follows from the stored answers.")
        return
    lines = [f"Not every figure of this report follows from what is stored. {verification.cause}"]
    if verification.parts:
        lines.append(f"What differs: {', '.join(verification.parts)}.")
    elif verification.sealed:
        lines.append("Which figures moved is not told: it would show what those few said.")
    fail(*lines)


def _says_it_was_kept(session: Session, content: bytes, organisation: str | None) -> bool:
    """Whether the file, which carries nothing that can be verified, is one of a final report; says so."""
    from surveys.commentary.freezing import kept_as

    found = kept_as(session, sha256=hashlib.sha256(content).hexdigest(), organisation=organisation)
    if found is None:
        return False
    survey, kept = found
    click.echo(f"Survey: {survey.slug}")
    click.echo(f"This file is byte for byte part of the final report, edition {kept.edition}: {kept.name}.")
    return True
