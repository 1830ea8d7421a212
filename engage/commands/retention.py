"""``engage retention``: deleting what is past its date."""

from __future__ import annotations

import dataclasses
import json
import zoneinfo

import click

from engage.commands.context import database, fail, of_organisation, settings

ACTOR = "command line"


@click.group(epilog="Example: engage retention run")
def retention() -> None:
    """Delete what is past its date."""


@retention.command("sign-ups", epilog="Example: engage retention sign-ups cancer-strategy --contact sam@example.org")
@click.argument("slug")
@click.option("--contact", help="Delete this one address, as its owner asked; without it, all of the survey's.")
@of_organisation
@click.confirmation_option(prompt="Delete these addresses for good?")
def sign_ups(slug: str, contact: str | None, organisation: str | None) -> None:
    """Delete addresses that people left with the survey SLUG. No answer is touched. Prints how many there were."""
    from engage.audit.events import SignUpsDeleted, record
    from engage.clock import now
    from surveys.publishing import SurveyNotFound, find_survey
    from surveys.sign_ups import ContactFault, remove_sign_ups

    try:
        with database().writing() as session:
            survey = find_survey(session, slug=slug, organisation=organisation)
            rows = remove_sign_ups(session, survey=survey, contact=contact)
            event = SignUpsDeleted(survey=survey.slug, rows=rows)
            record(session, event, organisation_id=survey.organisation_id, by=ACTOR, at=now())
    except SurveyNotFound as fault:
        fail(f"{str(fault)[:1].upper()}{str(fault)[1:]}.")
    except ContactFault:
        fail("The address is neither an e-mail address nor a telephone number. Type it as its owner did.")
    click.echo(str(rows))


@retention.command("equality-answers", epilog="Example: engage retention equality-answers cancer-strategy")
@click.argument("slug")
@of_organisation
@click.confirmation_option(prompt="Delete these answers for good?")
def equality_answers(slug: str, organisation: str | None) -> None:
    """Delete what people told the survey SLUG about themselves. Every other answer stays. Prints how many people's."""
    from engage.audit.events import EqualityAnswersDeleted, record
    from engage.clock import now
    from surveys.collecting import remove_equality_answers
    from surveys.publishing import SurveyNotFound, find_survey

    try:
        with database().writing() as session:
            survey = find_survey(session, slug=slug, organisation=organisation)
            rows = remove_equality_answers(session, survey=survey)
            event = EqualityAnswersDeleted(survey=survey.slug, rows=rows)
            record(session, event, organisation_id=survey.organisation_id, by=ACTOR, at=now())
    except SurveyNotFound as fault:
        fail(f"{str(fault)[:1].upper()}{str(fault)[1:]}.")
    click.echo(str(rows))


@retention.command(epilog="Example: engage retention run --rewrite")
@click.option(
    "--rewrite", is_flag=True, help="Then write closed days anew in random order. Writers wait: do it at night."
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def run(rewrite: bool, as_json: bool) -> None:
    """Delete everything that is past its date and print how many of each. Safe to repeat."""
    from engage.clock import now
    from surveys.retention import rewrite_in_key_order, run_retention

    moment = now()
    today = moment.astimezone(zoneinfo.ZoneInfo(settings().time_zone)).date()
    opened = database()
    with opened.writing_both() as (session, drafts):
        counts = dataclasses.asdict(run_retention(session, drafts, at=moment, today=today))
    if rewrite:
        rewrite_in_key_order(opened.engine, today=today)
    if as_json:
        click.echo(json.dumps(counts))
        return
    for what, how_many in counts.items():
        click.echo(f"{what.replace('_', ' ')}\t{how_many}")
