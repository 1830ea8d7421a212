"""``engage retention``: deleting what is past its date."""

from __future__ import annotations

import dataclasses
import json
import zoneinfo

import click

from engage.commands.context import database, settings


@click.group(epilog="Example: engage retention run")
def retention() -> None:
    """Delete what is past its date."""


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
