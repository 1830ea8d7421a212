"""``engage demo``: an installation with a survey that has been answered, to look at and to try on a phone."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from engage.clock import now
from engage.commands.context import database, fail, settings

_USUAL_ADDRESS = "http://127.0.0.1:8000"
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 Only compared with: the code must lead to an address that a phone reaches.


@click.command(epilog="Example: engage demo --host 0.0.0.0")
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen here; 0.0.0.0 lets phones nearby in.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Stop before serving.")
def demo(host: str, port: int, *, no_serve: bool) -> None:
    """Fill this installation with a demonstration survey, make its poster and reports, and serve it.

    Everything made of it says that it is a demonstration. Run again, it changes nothing that is there.
    """
    from engage.demonstration import DemonstrationRefused, ensure_account, set_up
    from engage.demonstration.documents import DocumentsFailed, keep_sign_in, make_documents

    if not no_serve:
        _check_port(host, port)
    _tell_address(host, port)
    _upgrade()
    store, at = database(), now()
    _note("Filling in the answers of the demonstration …")
    try:
        with store.writing() as session:
            zone = settings().time_zone
            there = set_up(session, at=at, today=at.astimezone(ZoneInfo(zone)).date(), time_zone=zone)
            password = keep_sign_in(settings(), ensure_account(session, at=at))
        _note("Making the poster, the board report and the workshop pack; this takes a few seconds …")
        made = make_documents(settings(), store, there)
    except (DemonstrationRefused, DocumentsFailed) as reason:
        fail(str(reason))
    except OSError as error:
        fail(f"{error.filename or settings().instance} cannot be written ({error.strerror}).")
    store.close()
    _show(made, there.codes, password, served=not no_serve)
    if not no_serve:
        # A new process image, because the one that made the documents is several times the size of a web process.
        sys.stdout.flush()
        sys.stderr.flush()
        command = [sys.executable, "-m", "engage", "serve", "--host", host, "--port", str(port)]
        os.execv(command[0], command)  # noqa: S606 No shell is wanted.


def _tell_address(host: str, port: int) -> None:
    """Say where this demonstration is reached, unless whoever runs it has said so.

    The server's processes and its worker read the settings themselves, so the environment is what reaches them all.
    """
    from engage.settings import load_settings

    if load_settings().base_url == _USUAL_ADDRESS:
        name = _own_address(host) if host in _EVERYWHERE else host
        os.environ["ENGAGE_BASE_URL"] = f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _own_address(host: str) -> str:
    """The address by which others on the network reach this machine; its loopback address where there is no network."""
    family, elsewhere, alone = (
        (socket.AF_INET6, "2001:db8::1", "::1") if ":" in host else (socket.AF_INET, "192.0.2.1", "127.0.0.1")
    )
    with socket.socket(family, socket.SOCK_DGRAM) as asking, contextlib.suppress(OSError):
        # Nothing is sent: connecting a datagram socket only chooses the way out, and with it the address.
        asking.connect((elsewhere, 9))
        name: str = asking.getsockname()[0]
        return name
    return alone


def _check_port(host: str, port: int) -> None:
    """Refuse at once where serving would fail after all the work."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind((host, port))
        except OSError as error:
            fail(
                f"Nothing can listen on {host}:{port} ({error.strerror or error}). "
                f"Choose another port: make demo PORT={port + 1}"
            )


def _upgrade() -> None:
    from engage import migrations

    migrations.upgrade(settings().database_url, settings().drafts_url)


def _show(made: tuple[Path, ...], codes: tuple[str, ...], password: str | None, *, served: bool) -> None:
    from engage.demonstration import EMAIL
    from surveys.qr_codes import address_for_qr, qr_code, terminal_qr

    base_url, code = settings().base_url, codes[0]
    click.echo("\nA demonstration survey is ready. All its answers are invented.\n")
    for name, path in zip(("Poster", "Board report", "Workshop pack"), made, strict=True):
        click.echo(f"{name:15}{path}")
    click.echo(f"\n{'Answer it at':15}{base_url}/{code}\n")
    picture = qr_code(address_for_qr(base_url, code), error_correction="M")
    click.echo(terminal_qr(picture, colour=sys.stdout.isatty()))
    click.echo(f"\n{'Staff sign in':15}{base_url}/staff/sign-in")
    click.echo(f"{'E-mail':15}{EMAIL}")
    click.echo(f"{'Password':15}{password or f'set a new one with: engage account reset {EMAIL}'}\n")
    if served:
        _note(f"Serving on {base_url} until you press Ctrl+C.")


def _note(words: str) -> None:
    click.echo(words, err=True)
