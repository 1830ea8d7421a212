"""``engage organisation``: the name, logo and colour of whoever asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engage.commands.context import database, fail

if TYPE_CHECKING:
    from surveys.storage import tables


@click.group(epilog='Example: engage organisation set --name "Northshire Trust" --logo logo.png --colour "#005eb8"')
def organisation() -> None:
    """Set up the organisation that asks: its name, logo and colour."""


@organisation.command(epilog="Example: engage organisation show")
def show() -> None:
    """Print the organisation's name, logo and colour."""
    from surveys.organisations import ensure_root

    with database().writing() as session:
        lines = _lines(ensure_root(session))
    click.echo("\n".join(lines))


@organisation.command("set", epilog='Example: engage organisation set --name "Northshire Trust" --logo logo.png')
@click.option("--name", help="What the organisation is called.")
@click.option(
    "--logo", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A PNG or JPEG picture; made small."
)
@click.option("--no-logo", is_flag=True, help="Take the logo away.")
@click.option("--colour", help="A colour such as #005eb8.")
def set_(name: str | None, logo: Path | None, no_logo: bool, colour: str | None) -> None:
    """Change the organisation's name, logo or colour; what is not named stays."""
    from engage.studio.logos import LogoRefused, prepared_logo
    from surveys.organisations import ensure_root, set_face

    if logo and no_logo:
        raise click.UsageError("Give --logo or --no-logo, not both.")
    if name is not None and not 0 < len(name.strip()) <= 200:
        fail("A name has 1 to 200 characters.")
    try:
        new_logo = prepared_logo(logo.read_bytes()) if logo else None
        with database().writing() as session:
            root = ensure_root(session)
            root.name = name.strip() if name else root.name
            kept = None if no_logo or root.logo is None else (root.logo, root.logo_type)
            picture, kind = new_logo or kept or (None, None)
            set_face(session, organisation=root, logo=picture, logo_type=kind, colour=colour or root.colour)
            lines = _lines(root)
    except LogoRefused as refused:
        fail(f"{logo}: {refused}")
    except OSError as error:
        fail(f"{logo}: cannot be read ({error.strerror}).")
    except ValueError as refused:
        fail(f"{str(refused).capitalize()}.")
    click.echo("\n".join(lines))


def _lines(root: tables.Organisation) -> list[str]:
    logo = f"{root.logo_type}, {len(root.logo)} bytes" if root.logo else "none"
    return [f"name\t{root.name}", f"logo\t{logo}", f"colour\t{root.colour or 'none'}"]
