"""Closing, reopening and withdrawing from the command line."""

from __future__ import annotations

import datetime

from surveys.library import library_files
from tests.engage.commands.running import Installation


def test_a_survey_is_closed_reopened_withdrawn_and_put_back(installation: Installation) -> None:
    assert installation.run("db", "upgrade").returncode == 0
    file = str(library_files()["every-kind"])
    slug = installation.run("survey", "publish", file).stdout.split("\t")[0]
    closes = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=9)).date().isoformat()
    steps = (("close", "closed"), ("reopen", "open"), ("withdraw", "withdrawn"), ("reopen", "open"))
    for act, status in steps:
        more = ["--closes", closes] if act == "reopen" else []
        done = installation.run("survey", act, slug, *more)
        assert done.stdout == f"{slug}\t{status}\n", done.stderr
    again = installation.run("survey", "reopen", slug)
    assert again.returncode == 1
    assert again.stderr == "the survey is not closed, so there is nothing to open again.\n"
    assert installation.run("survey", "close", "no-such-survey").returncode == 1
