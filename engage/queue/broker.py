"""The queue between web processes and workers: a file in the instance folder, or Redis where one is named.

A message is JSON and holds a task's name and a job's number, nothing else. The default of the library would unpickle
whatever it finds in the queue, which lets anybody who can write there run code.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import structlog
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.api import TaskWrapper
from huey.registry import Message
from huey.serializer import Serializer

from engage.settings import Settings


class JsonMessages(Serializer):
    """Messages as JSON objects with the fields of the library's own message."""

    def _serialize(self, data: Any) -> bytes:
        fields = data._asdict() if isinstance(data, Message) else data
        return json.dumps({"message": isinstance(data, Message), "content": fields}).encode()

    def _deserialize(self, data: bytes) -> Any:
        read = json.loads(bytes(data))
        if not read["message"]:
            return read["content"]
        fields = read["content"]
        return Message(**{**fields, "args": tuple(fields["args"])})


@dataclass(frozen=True, slots=True)
class Queue:
    """The library's queue and the one task that pages ask for; the others run by the clock."""

    huey: Huey
    carry_out: TaskWrapper


@cache
def open_queue(settings: Settings) -> Queue:
    """This process's connection to the queue of the installation, with its tasks registered."""
    if settings.queue_is_embedded:
        huey: Huey = SqliteHuey(
            "engage",
            filename=str(settings.instance / "queue.sqlite"),
            timeout=15,
            results=False,
            serializer=JsonMessages(),
        )
    else:
        # The driver of Redis is an extra that an embedded queue does without.
        from redis import ConnectionPool

        pool = ConnectionPool.from_url(settings.queue_url, socket_timeout=10, socket_connect_timeout=5)
        huey = RedisHuey("engage", connection_pool=pool, results=False, serializer=JsonMessages())
    return Queue(huey, _register(huey, settings))


def send(settings: Settings, job_id: int) -> None:
    """Put a job's number into the queue, after its row was committed.

    Where the queue cannot be reached the row stays as it is, and a worker's sweep finds it later.
    """
    try:
        queue = open_queue(settings)
        queue.huey.enqueue(queue.carry_out.s(job_id))
    except Exception as error:  # noqa: BLE001 The job is safe in its row whatever went wrong on the way to the queue.
        structlog.get_logger().error("queue unreachable", kind=type(error).__name__, job=job_id)


def _register(huey: Huey, settings: Settings) -> TaskWrapper:
    """The tasks of a worker. What they do is imported when they run: web processes only ever send."""

    @huey.task(name="carry_out")
    def carry_out(job_id: int) -> None:
        from engage.queue.work import carry_out_job

        carry_out_job(settings, job_id)

    @huey.periodic_task(crontab(minute="*/5"), name="sweep")
    def sweep() -> None:
        from engage.queue.housekeeping import sweep

        sweep(settings)

    @huey.periodic_task(crontab(), name="screen")
    def screen() -> None:
        from engage.queue.housekeeping import screen

        screen(settings)

    @huey.periodic_task(crontab(minute="40"), name="screen_again")
    def screen_again() -> None:
        from engage.queue.housekeeping import screen_again

        screen_again(settings)

    @huey.periodic_task(crontab(minute="5"), name="digest")
    def digest() -> None:
        from engage.queue.housekeeping import digest

        digest(settings)

    @huey.periodic_task(crontab(minute="20"), name="purge")
    def purge() -> None:
        from engage.queue.housekeeping import purge

        purge(settings)

    @huey.periodic_task(crontab(minute="10", hour="2"), name="nightly")
    def nightly() -> None:
        from engage.queue.housekeeping import nightly

        nightly(settings)

    return carry_out
