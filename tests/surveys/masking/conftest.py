"""Prints how well the detectors do on the invented comments, whenever they were measured in a run."""

from __future__ import annotations

import pytest
from _pytest.terminal import TerminalReporter

from tests.surveys.masking.corpus import HELD_OUT, WRITTEN_FIRST, Score, comments_of, scores, told

MEASURED = "masking_measured"


@pytest.fixture(scope="package")
def measured() -> dict[str, Score]:
    """The scores on the comments that the detectors were written against."""
    return scores(comments_of(WRITTEN_FIRST))


@pytest.fixture(scope="package")
def held_out() -> dict[str, Score]:
    """The scores on comments that the detectors were not changed for."""
    return scores(comments_of(HELD_OUT))


@pytest.fixture
def report(record_property: object, measured: dict[str, Score], held_out: dict[str, Score]) -> dict[str, Score]:
    """The first scores; both are handed to the end of the run, through whichever process the test ran in."""
    assert callable(record_property)
    record_property(MEASURED, ["known to the detectors:", *told(measured), "held out:", *told(held_out)])
    return measured


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    for passed in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, lines in passed.user_properties:
            if name == MEASURED:
                terminalreporter.section("masking of the invented comments")
                for line in lines if isinstance(lines, list) else ():
                    terminalreporter.line(line)
                return
