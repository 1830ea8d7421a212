"""Renew the lock files. They pin every package by hash and name no host, so that they work with any mirror."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from set_up import ROOT, VENV, node_and_npm, pip

HERE = ROOT / ".make"


def lock_python(source: Path, lock: Path, *more: str) -> None:
    subprocess.run(
        [VENV / "bin" / "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-emit-index-url",
         "--no-header", "--annotation-style", "line", "--python-version", "3.11", *more, source, "--output-file", lock],
        cwd=ROOT, check=True,
    )  # fmt: skip


def lock_node(upgrade: bool) -> None:
    node, npm = node_and_npm()
    path = f"{Path(node[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [*npm, "update" if upgrade else "install", "--package-lock-only", "--silent"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PATH": path})
    lock = ROOT / "package-lock.json"
    content = json.loads(lock.read_text())
    for package in content["packages"].values():
        # Requests for donations are addresses too, and a search for hosts should find none.
        package.pop("funding", None)
    lock.write_text(json.dumps(content, indent=2) + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows")
    upgrade = parser.parse_args().upgrade
    more = ["--upgrade"] if upgrade else []
    pip("install", "--require-hashes", "--requirement", HERE / "uv-requirements.lock")
    extras = [part for extra in ("postgres", "redis", "suggest", "dev") for part in ("--extra", extra)]
    lock_python(ROOT / "pyproject.toml", ROOT / "requirements.lock", *extras, *more)
    lock_python(HERE / "node-requirements.in", HERE / "node-requirements.lock", *more)
    lock_python(HERE / "uv-requirements.in", HERE / "uv-requirements.lock", *more)
    lock_node(upgrade)
    return 0


if __name__ == "__main__":
    sys.exit(main())
