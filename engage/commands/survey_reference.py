"""``engage survey reference``: whom a survey's answers are compared with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engage import clock
from engage.commands.context import database, fail, of_organisation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from surveys.storage import tables

BY = "command line"
_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command(
    epilog="Example: engage survey reference cancer-strategy --template > patients.csv && "
    "engage survey reference cancer-strategy patients.csv"
)
@click.argument("slug")
@click.argument("file", type=_FILE, required=False)
@click.option("--remove", is_flag=True, help="Take the reference population away.")
@click.option("--template", "as_template", is_flag=True, help="Print an empty file for the survey's own questions.")
@of_organisation
def reference(slug: str, file: Path | None, remove: bool, as_template: bool, organisation: str | None) -> None:
    """Compare the people who answer SLUG with the population in FILE (CSV); without FILE, say what is kept.

    One row for each group: characteristic, group, share, source, date. Every fault is printed with its line, and then
    nothing is changed.
    """
    from surveys.publishing import SurveyNotFound, find_survey

    if (file is not None) + remove + as_template > 1:
        raise click.UsageError("Give one of FILE, --remove and --template.")
    try:
        store = database()
        with store.writing() if remove or file is not None else store.reading() as session:
            survey = find_survey(session, slug=slug, organisation=organisation)
            if as_template:
                _print_template(session, survey)
            elif remove:
                _remove(session, survey)
            elif file is not None:
                _take(session, survey, file)
            else:
                _tell(session, survey)
    except SurveyNotFound as refusal:
        fail(f"{refusal}.")


def _print_template(session: Session, survey: tables.Survey) -> None:
    from surveys.reference_population import equality_fields, template

    click.echo(template(equality_fields(session, survey=survey)).replace("\r\n", "\n"), nl=False)


def _remove(session: Session, survey: tables.Survey) -> None:
    from engage.audit.events import ReferencePopulationRemoved, record
    from surveys.reference_population import remove_reference

    if not remove_reference(session, survey=survey):
        fail(f"{survey.slug} has no reference population.")
    event = ReferencePopulationRemoved(survey.slug)
    record(session, event, organisation_id=survey.organisation_id, by=BY, at=clock.now())
    click.echo(f"{survey.slug} has no reference population now.", err=True)


def _take(session: Session, survey: tables.Survey, file: Path) -> None:
    from engage.audit.events import ReferencePopulationGiven, record
    from surveys.reference_population import (
        MOST_BYTES,
        ReferenceFaults,
        fields_of,
        in_no_group,
        put_reference,
        read_reference,
    )

    with file.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    fields = {field.id: field for field in fields_of(session, survey=survey)}
    try:
        population = read_reference(content, fields.values())
    except ReferenceFaults as refused:
        fail(*(f"{file}:{fault.line}: {fault.message}" for fault in refused.faults))
    at = clock.now()
    put_reference(session, survey=survey, population=population, file_name=file.name, at=at, by=BY)
    event = ReferencePopulationGiven(survey.slug, file.name)
    record(session, event, organisation_id=survey.organisation_id, by=BY, at=at)
    for one in population.characteristics:
        click.echo(f"{one.field}\t{len(one.groups)} groups\t{one.source}\t{one.date}")
        if missing := in_no_group(one, fields[one.field]):
            click.echo(f"{one.field}: no group holds {'; '.join(missing)}. Such answers count as unknown.", err=True)


def _tell(session: Session, survey: tables.Survey) -> None:
    from surveys.reference_population import find_reference

    kept = find_reference(session, survey=survey)
    if kept is None:
        click.echo(f"{survey.slug} has no reference population. See: engage survey reference --help", err=True)
        return
    for one in kept.population.characteristics:
        for group in one.groups:
            click.echo(f"{one.field}\t{group.label}\t{group.share:g}\t{one.source}\t{one.date}")
