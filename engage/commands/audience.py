"""``engage audience``: the installation's open list of audiences."""

from __future__ import annotations

import json

import click
from sqlalchemy import select

from engage.commands.context import database, fail


@click.group(epilog="Example: engage audience add volunteers --label Volunteers")
def audience() -> None:
    """List, add and change audiences: whom a collector asks, such as patients and staff."""


@audience.command("list", epilog="Example: engage audience list --json")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_(as_json: bool) -> None:
    """List the audiences with the number of people a figure about each must rest on."""
    from surveys.audiences import ensure_shipped
    from surveys.storage import tables

    with database().writing() as session:
        ensure_shipped(session)
        rows = [
            {"id": entry.id, "label": entry.label, "minimum_base": entry.minimum_base}
            for entry in session.scalars(select(tables.Audience).order_by(tables.Audience.id))
        ]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        click.echo(f"{row['id']}\t{row['label']}\t{row['minimum_base']}")


@audience.command("set", epilog="Example: engage audience set patients --minimum-base 20")
@click.argument("audience_id", metavar="ID")
@click.option("--label", help="What people are called in print.")
@click.option("--minimum-base", type=click.IntRange(5, 1000), help="Fewer people are never shown.")
def set_(audience_id: str, label: str | None, minimum_base: int | None) -> None:
    """Change the label or the minimum base of the audience ID. Reports made before stay as they are."""
    from surveys.audiences import AudienceNotFound, find_audience

    try:
        with database().writing() as session:
            found = find_audience(session, audience_id=audience_id)
            found.label = (label or "").strip() or found.label
            found.minimum_base = minimum_base or found.minimum_base
            line = f"{found.id}\t{found.label}\t{found.minimum_base}"
    except AudienceNotFound as refusal:
        fail(f"{refusal}.")
    click.echo(line)


@audience.command(epilog="Example: engage audience add volunteers --label Volunteers --minimum-base 10")
@click.argument("audience_id", metavar="ID")
@click.option("--label", required=True, help="What people are called in print.")
@click.option(
    "--minimum-base", type=click.IntRange(5, 1000), default=10, show_default=True, help="Fewer people are never shown."
)
def add(audience_id: str, label: str, minimum_base: int) -> None:
    """Add the audience ID."""
    from surveys.audiences import add_audience

    try:
        with database().writing() as session:
            added = add_audience(session, audience_id=audience_id, label=label.strip(), minimum_base=minimum_base)
            line = f"{added.id}\t{added.label}\t{added.minimum_base}"
    except ValueError as refusal:
        fail(f"{refusal}.")
    click.echo(line)
