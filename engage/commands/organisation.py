"""``engage organisation``: the tree of organisations, and the name, logo and colour of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engage.commands.context import database, fail
from engage.commands.organisation_masking import masking

if TYPE_CHECKING:
    from surveys.storage import tables


BY = "command line"


@click.group(epilog='Example: engage organisation add "Northshire Trust" --kind provider --below trust')
def organisation() -> None:
    """Set up the organisations that ask: the tree of them, and the name, logo and colour of each.

    An installation begins with one organisation. Others stand below it: alliance, place, provider, site.
    """


@organisation.command(epilog='Example: engage organisation add "Northshire Trust" --kind provider --below trust')
@click.argument("name")
@click.option("--kind", required=True, help="alliance, place, provider or site.")
@click.option("--below", metavar="SLUG", help="The organisation that it belongs to; without it the one at the top.")
@click.option("--slug", metavar="SLUG", help="Its short name for commands and addresses; else made from its name.")
def add(name: str, kind: str, below: str | None, slug: str | None) -> None:
    """Add the organisation NAME; prints its short name."""
    from engage import clock
    from engage.audit.events import OrganisationAdded, record
    from surveys.organisations import add_organisation, ensure_root, find_organisation

    try:
        with database().writing() as session:
            parent = find_organisation(session, slug=below) if below else ensure_root(session)
            added = add_organisation(session, parent=parent, name=name, kind=kind, slug=slug)
            event = OrganisationAdded(added.slug, added.name, added.kind)
            record(session, event, organisation_id=parent.id, by=BY, at=clock.now())
            line = added.slug
    except (LookupError, ValueError) as refused:
        fail(_sentence(refused))
    click.echo(line)


@organisation.command("list", epilog="Example: engage organisation list --json")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_(as_json: bool) -> None:
    """List the organisations, each after the one that it belongs to, with short name, kind and path."""
    from surveys.organisations import ensure_root, tree_below

    with database().writing() as session:
        branches = tree_below(session, ensure_root(session).id)
        slugs = {branch.organisation.id: branch.organisation.slug for branch in branches}
        rows = [
            {
                "slug": branch.organisation.slug,
                "name": branch.organisation.name,
                "kind": branch.organisation.kind,
                "below": slugs.get(branch.organisation.parent_id or 0),
                "path": " / ".join(branch.path),
                "second_factor_required": branch.organisation.second_factor_required,
            }
            for branch in branches
        ]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        click.echo("\t".join(str(row[column]) for column in ("slug", "kind", "path")))


@organisation.command(epilog="Example: engage organisation show")
@click.argument("slug", required=False)
def show(slug: str | None) -> None:
    """Print the name, logo and colour of the organisation SLUG, or of the one at the top."""
    from surveys.organisations import ensure_root, find_organisation

    try:
        with database().writing() as session:
            lines = _lines(find_organisation(session, slug=slug) if slug else ensure_root(session))
    except LookupError as refused:
        fail(_sentence(refused))
    click.echo("\n".join(lines))


@organisation.command("set", epilog='Example: engage organisation set --name "Northshire Trust" --logo logo.png')
@click.argument("slug", required=False)
@click.option("--name", help="What the organisation is called.")
@click.option(
    "--logo", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A PNG or JPEG picture; made small."
)
@click.option("--no-logo", is_flag=True, help="Take the logo away.")
@click.option("--colour", help="A colour such as #005eb8.")
def set_(slug: str | None, name: str | None, logo: Path | None, no_logo: bool, colour: str | None) -> None:
    """Change the name, logo or colour of the organisation SLUG, or of the one at the top; the rest stays."""
    from engage import clock
    from engage.audit.events import OrganisationRenamed, record
    from engage.studio.logos import LogoRefused, prepared_logo
    from surveys.organisations import ensure_root, find_organisation, rename_organisation, set_face

    if logo and no_logo:
        raise click.UsageError("Give --logo or --no-logo, not both.")
    try:
        new_logo = prepared_logo(logo.read_bytes()) if logo else None
        with database().writing() as session:
            found = find_organisation(session, slug=slug) if slug else ensure_root(session)
            before = found.name
            if name is not None:
                rename_organisation(session, organisation=found, name=name)
            kept = None if no_logo or found.logo is None else (found.logo, found.logo_type)
            picture, kind = new_logo or kept or (None, None)
            set_face(session, organisation=found, logo=picture, logo_type=kind, colour=colour or found.colour)
            if found.name != before:
                event = OrganisationRenamed(found.slug, before, found.name)
                record(session, event, organisation_id=found.id, by=BY, at=clock.now())
            lines = _lines(found)
    except LogoRefused as refused:
        fail(f"{logo}: {refused}")
    except OSError as error:
        fail(f"{logo}: cannot be read ({error.strerror}).")
    except (LookupError, ValueError) as refused:
        fail(_sentence(refused))
    click.echo("\n".join(lines))


organisation.add_command(masking)


def _sentence(refused: Exception) -> str:
    return f"{str(refused)[:1].upper()}{str(refused)[1:]}."


def _lines(found: tables.Organisation) -> list[str]:
    logo = f"{found.logo_type}, {len(found.logo)} bytes" if found.logo else "none"
    return [f"name\t{found.name}", f"logo\t{logo}", f"colour\t{found.colour or 'none'}"]
