"""Prints the figures that Engage promises, each beside what it is to reach. Names of modules limit it to those."""

from __future__ import annotations

import importlib
import importlib.util
import sys

MODULES = ("respondent", "crowd", "results", "export", "report", "coverage", "attack", "comments")


def main(names: list[str]) -> int:
    """Run the modules named, or all; 1 where a figure is not reached."""
    missed = 0
    for name in names or MODULES:
        if importlib.util.find_spec(f"benchmarks.{name}") is None:
            print(f"there is no benchmark called {name}", file=sys.stderr)
            continue
        print(f"\n{name}", flush=True)
        for what, value, reach in importlib.import_module(f"benchmarks.{name}").figures():
            is_reached = reach is None or value <= reach
            missed += not is_reached
            limit = "" if reach is None else f"<= {reach:g}"
            verdict = "" if reach is None else "reached" if is_reached else "NOT reached"
            print(f"  {what:<88} {value:>10.2f} {limit:>10}  {verdict}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
