"""``engage serve``: the production web server."""

from __future__ import annotations

import socket
from typing import Any

import click

from engage.commands.context import database, fail, settings


@click.command(epilog="Example: engage serve --host 0.0.0.0 --port 8000 --workers 2")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), help="Web processes; else ENGAGE_WORKERS.")
def serve(host: str, port: int, workers: int | None) -> None:
    """Run the production web server until it is stopped.

    With the embedded queue it starts one worker of its own as well. Stop it with Ctrl+C or SIGTERM: requests and work
    under way are finished first.
    """
    from engage import request_log
    from engage.queue.embedded import EmbeddedWorker
    from engage.serving import Server

    # Refuses settings and a database that are not ready, before anything listens.
    database().close()
    request_log.set_up(settings().log_level)
    _refuse_a_taken_port(host, port)
    embedded = EmbeddedWorker() if settings().queue_is_embedded else None
    options: dict[str, Any] = {"host": host, "port": port, "workers": workers or settings().workers}
    Server(settings(), embedded, **options).run()


def _refuse_a_taken_port(host: str, port: int) -> None:
    """The server would try again and again, and say so in its own words."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except PermissionError:
            fail(f"This user may not listen on port {port}. Use one from 1024 upward and a proxy in front.")
        except OSError as error:
            fail(f"Engage cannot listen on {host}, port {port}: it is already used or not ours ({error.strerror}).")
