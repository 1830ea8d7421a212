"""``engage worker``: runs queued work until stopped."""

from __future__ import annotations

import logging
import os
import signal
import threading

import click

from engage.commands.context import database, settings


@click.command(epilog="Example: ENGAGE_QUEUE_URL=redis://queue:6379/0 engage worker --workers 2")
@click.option("--workers", type=click.IntRange(1, 16), default=1, show_default=True, help="Jobs done at the same time.")
@click.option("--lifeline", type=int, hidden=True, help="A pipe whose end means that the server has ended.")
@click.option("--watch", is_flag=True, hidden=True, help="Start the worker, and again when it ends.")
def worker(workers: int, lifeline: int | None, watch: bool) -> None:
    """Run queued work (reports, posters, deletions) until stopped.

    With the embedded queue 'engage serve' brings its own worker. With Redis, run one or more of these beside it.
    """
    from engage import request_log

    if watch and lifeline is not None:
        from engage.queue.embedded import watch as watch_over_worker

        request_log.set_up(settings().log_level)
        watch_over_worker(lifeline)
        return
    from engage.queue.broker import open_queue
    from engage.queue.housekeeping import sweep

    database().close()
    request_log.set_up(settings().log_level)
    logging.getLogger("huey").setLevel(logging.WARNING)
    if lifeline is not None:
        threading.Thread(target=_end_with_server, args=(lifeline,), daemon=True).start()
    if settings().queue_is_embedded:
        # The only worker of this queue starts just now, so whatever counts as being done was interrupted.
        sweep(settings(), alone=True)
    consumer = open_queue(settings()).huey.create_consumer(
        workers=workers,
        worker_type="thread",
        initial_delay=0.1,
        max_delay=0.5,
        graceful_signal="TERM",
        shutdown_timeout=60,
    )
    consumer.run()


def _end_with_server(lifeline: int) -> None:
    """Wait for the server's end of the pipe to close, then stop in good order."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
