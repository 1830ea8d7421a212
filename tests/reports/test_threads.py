"""Counting takes one core, however many there are."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import os
import reports.whole_survey
import numpy
square = numpy.ones((800, 800))
square @ square
print(len(os.listdir("/proc/self/task")))
"""


def test_figures_are_counted_on_one_thread() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    finished = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True)
    assert (finished.stdout.strip(), finished.stderr) == ("1", "")
