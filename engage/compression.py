"""Compressing pages that were not compressed when they were made."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

SMALLEST = 500
"""Bytes; below it the headers of a compressed answer cost more than they save."""
KINDS = frozenset({"text/html", "text/css", "text/csv", "text/plain", "application/json", "image/svg+xml"})


def compress(application: Flask) -> None:
    """Compress what the application's views answer, where the browser accepts it and it is worth it."""
    application.after_request(_compressed)


def _compressed(response: Response) -> Response:
    if "Content-Encoding" in response.headers or response.direct_passthrough or response.is_streamed:
        return response
    if response.mimetype not in KINDS or (response.content_length or 0) < SMALLEST:
        return response
    response.vary.add("Accept-Encoding")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.set_data(gzip.compress(response.get_data(), 4, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
