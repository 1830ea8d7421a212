"""Writing a finished document where the person running the command asked for it."""

from __future__ import annotations

from pathlib import Path

import click

from engage.commands.context import fail


def write_file(path: Path, content: bytes) -> None:
    """Write the document and print where it is; refuse a place that cannot be written, and say what to do."""
    try:
        path.write_bytes(content)
    except OSError as error:
        fail(f"{path} cannot be written ({error.strerror}). Name a file in a folder that exists and may be changed.")
    click.echo(path)
