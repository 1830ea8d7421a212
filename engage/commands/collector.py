"""``engage collector``: ways in to a survey, each with its code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from engage.commands.context import database, fail, of_organisation, settings

if TYPE_CHECKING:
    from surveys.storage import tables

ACTOR = "command line"


def address_of(code: str) -> str:
    """The full address that a collector's code stands for."""
    return f"{settings().base_url}/{code}"


@click.group(epilog='Example: engage collector add cancer-strategy --name "Waiting room A"')
def collector() -> None:
    """Add a place where people answer, and get its code."""


@collector.command(
    epilog='Example: engage collector add cancer-strategy --name "Waiting room A" --place "North / Trust / Site A"'
)
@click.argument("slug")
@click.option("--name", required=True, help="What it is called in lists and reports.")
@click.option("--place", default="", help="Where it is, as a path: Alliance / Place / Provider / Site.")
@click.option("--audience", default="patients", show_default=True, help="Who answers here: patients, staff, carers …")
@click.option("--channel", default="", help="How people come by it: poster, text message, newsletter …")
@click.option("--language", help="The language to begin in, where it is not the survey's first.")
@of_organisation
def add(
    slug: str, name: str, place: str, audience: str, channel: str, language: str | None, organisation: str | None
) -> None:
    """Add a collector to the survey SLUG; prints its short code and its full address, tab-separated."""
    from engage.audit.events import CollectorAdded, record
    from engage.clock import now
    from surveys.collectors import add_collector
    from surveys.publishing import find_survey

    at = now()
    try:
        with database().writing() as session:
            survey = find_survey(session, slug=slug, organisation=organisation)
            added = add_collector(
                session,
                survey=survey,
                name=name,
                place=place,
                audience=audience,
                channel=channel,
                language=language,
                at=at,
                by=ACTOR,
            )
            code, event = added.code, CollectorAdded(survey=survey.slug, code=added.code)
            record(session, event, organisation_id=survey.organisation_id, by=ACTOR, at=at)
    except (LookupError, ValueError) as fault:
        fail(_sentence(fault))
    click.echo(f"{code}\t{address_of(code)}")


@collector.command(epilog="Example: engage collector stop 7C3QX8")
@click.argument("code")
def stop(code: str) -> None:
    """Close the one way in that CODE leads to; who has begun there can send for another 24 hours."""
    from engage.audit.events import CollectorStopped, record
    from engage.clock import now
    from surveys.collectors import CollectorNotFound, find_collector, stop_collector

    at = now()
    try:
        with database().writing() as session:
            found = find_collector(session, code=code)
            stop_collector(session, collector=found, at=at, by=ACTOR)
            event = CollectorStopped(survey=found.survey.slug, code=found.code)
            record(session, event, organisation_id=found.organisation_id, by=ACTOR, at=at)
            click.echo(f"{found.code}\tstopped")
    except CollectorNotFound as fault:
        fail(_sentence(fault))


@collector.command("list", epilog="Example: engage collector list cancer-strategy --json")
@click.argument("slug")
@of_organisation
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_(slug: str, organisation: str | None, as_json: bool) -> None:
    """List the collectors of the survey SLUG with code, address and answers so far."""
    from surveys.collecting import responses_by_collector
    from surveys.collectors import collectors_of
    from surveys.publishing import SurveyNotFound, find_survey

    try:
        with database().reading() as session:
            survey = find_survey(session, slug=slug, organisation=organisation)
            answered = responses_by_collector(session, survey=survey)
            rows = [_row(found, answered.get(found.id, 0)) for found in collectors_of(session, survey=survey)]
    except SurveyNotFound as fault:
        fail(_sentence(fault))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    click.echo("\t".join(_COLUMNS))
    for row in rows:
        click.echo("\t".join(str(row[column]) for column in _COLUMNS))


_COLUMNS = ("code", "address", "name", "place", "audience", "channel", "language", "stopped", "responses")


def _sentence(fault: Exception) -> str:
    words = str(fault)
    return f"{words[:1].upper()}{words[1:]}."


def _row(found: tables.Collector, responses: int) -> dict[str, str | int | bool]:
    return {
        "code": found.code,
        "address": address_of(found.code),
        "name": found.name,
        "place": found.place,
        "audience": found.audience_id,
        "channel": found.channel,
        "language": found.language or "",
        "stopped": found.stopped_at is not None,
        "responses": responses,
    }
