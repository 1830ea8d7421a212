"""``engage serve``: the production web server."""

from __future__ import annotations

from typing import Any

import click

from engage.commands.context import database, settings


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
    embedded = EmbeddedWorker() if settings().queue_is_embedded else None
    options: dict[str, Any] = {"host": host, "port": port, "workers": workers or settings().workers}
    Server(settings(), embedded, **options).run()
