"""Prints how well the detectors do on the invented comments, whenever they were measured in a run."""

from __future__ import annotations

import pytest
from _pytest.terminal import TerminalReporter

from tests.surveys.masking.corpus import WRITTEN_FIRST, Score, comments_of, scores, told

MEASURED = "masking_measured"


@pytest.fixture(scope="package")
def measured() -> dict[str, Score]:
    """The scores on the comments that were written before the detectors."""
    return scores(comments_of(WRITTEN_FIRST))


@pytest.fixture
def report(record_property: object, measured: dict[str, Score]) -> dict[str, Score]:
    """The same, handed to the end of the run, through whichever process the test ran in."""
    assert callable(record_property)
    record_property(MEASURED, list(told(measured)))
    return measured


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    for passed in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, lines in passed.user_properties:
            if name == MEASURED:
                terminalreporter.section("masking of the invented comments")
                for line in lines if isinstance(lines, list) else ():
                    terminalreporter.line(line)
                return
