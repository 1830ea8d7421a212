"""The addresses of monitoring. They tell nothing about surveys, answers or people."""

from __future__ import annotations

from importlib.metadata import version

from flask import Blueprint, Response, jsonify
from prometheus_client import CollectorRegistry, Gauge, ProcessCollector, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from engage.access.guards import public
from engage.health.checks import free_bytes, jobs_by_state, problem
from engage.services import services

blueprint = Blueprint("health", __name__)


@blueprint.get("/health/live")
@public
def live() -> Response:
    """The process answers; nothing else is asked."""
    return jsonify(status="alive")


@blueprint.get("/health/ready")
@public
def ready() -> tuple[Response, int]:
    """The process can serve: the database answers and is up to date."""
    found = problem(services().database)
    return (jsonify(status="ready"), 200) if found is None else (jsonify(status="not ready", problem=found), 503)


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """Gauges read at this moment, so that they are right whichever process answers.

    Answers are not counted here: whoever watched that number rise would know when somebody pressed Send.
    """
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    Gauge("engage_info", "Version of Engage", ["version"], registry=registry).labels(version("engage")).set(1)
    reached = Gauge("engage_database_up", "1 when the database can be reached and is up to date", registry=registry)
    reached.set(1 if problem(services().database) is None else 0)
    free = Gauge("engage_disk_free_bytes", "Room left on the disk of the instance folder", registry=registry)
    free.set(free_bytes(services().settings))
    jobs = Gauge("engage_jobs", "Jobs by state", ["state"], registry=registry)
    try:
        for state, number in jobs_by_state(services().database).items():
            jobs.labels(state).set(number)
    except SQLAlchemyError:
        jobs.clear()
    return Response(generate_latest(registry), content_type="text/plain; version=0.0.4; charset=utf-8")
