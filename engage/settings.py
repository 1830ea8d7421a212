"""Every setting of an installation, read once: the only module that reads the environment.

Each setting is an environment variable with the prefix ``ENGAGE_``; ``docs/settings.md`` explains them all. A file
``.env`` in the instance folder may hold the same lines; a real variable wins over it.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import re
import secrets
import tempfile
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
PREFIX = "ENGAGE_"
EMBEDDED = "embedded"
LOG_LEVELS = ("debug", "info", "warning", "error")
SHORTEST_SECRET_KEY = 32
WRITABLE = "Name a folder that the user running Engage may write to."

NAMES = (
    "INSTANCE",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "DATABASE_URL",
    "DRAFTS_URL",
    "BASE_URL",
    "ALLOWED_HOSTS",
    "QUEUE_URL",
    "TRUSTED_PROXIES",
    "TIME_ZONE",
    "WORKERS",
    "THREADS",
    "LOG_LEVEL",
    "MAIL_URL",
    "MAIL_FROM",
)


class SettingsFault(ValueError):
    """One or more settings cannot be used; ``problems`` says of each which one it is and what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an installation is told from outside. URLs carry their driver; ``base_url`` has no slash at its end.

    ``queue_url`` is "embedded" or an address of Redis. ``allowed_hosts`` are the names a request may ask for, without
    ports. ``mail_url`` is empty where no mail is sent.
    """

    instance: Path
    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    drafts_url: str = field(repr=False)
    base_url: str
    allowed_hosts: tuple[str, ...]
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    queue_url: str = field(default=EMBEDDED, repr=False)
    trusted_proxies: int = 0
    time_zone: str = "Europe/London"
    workers: int = 2
    threads: int = 8
    log_level: str = "info"
    mail_url: str = field(default="", repr=False)
    mail_from: str = ""

    @property
    def secure(self) -> bool:
        """Whether the installation is reached over HTTPS, which decides the names and flags of its cookies."""
        return self.base_url.startswith("https://")

    @property
    def queue_is_embedded(self) -> bool:
        return self.queue_url == EMBEDDED

    @property
    def files(self) -> Path:
        """The folder of finished reports and posters."""
        return self.instance / "files"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this installation. Creates the instance folder and a secret key where there are none.

    Raises SettingsFault with every problem found, not only the first.
    """
    environ = os.environ if environ is None else environ
    problems: list[str] = []
    instance = Path(environ.get(PREFIX + "INSTANCE") or ROOT / "instance").expanduser().absolute()
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsFault([f"ENGAGE_INSTANCE: {instance} cannot be made ({error.strerror}). {WRITABLE}"]) from error
    reading = _Reading({**_dot_env(instance / ".env", problems), **environ}, problems)
    base_url = reading.base_url()
    database_url = reading.database_url("DATABASE_URL", f"sqlite:///{instance / 'engage.sqlite'}")
    drafts = f"sqlite:///{instance / 'drafts.sqlite'}" if database_url.startswith("sqlite") else database_url
    secret_key = reading.secret_key()
    settings = Settings(
        instance=instance,
        secret_key=secret_key or "",
        secret_key_fallbacks=reading.secret_key_fallbacks(),
        database_url=database_url,
        drafts_url=reading.database_url("DRAFTS_URL", drafts),
        base_url=base_url,
        allowed_hosts=reading.allowed_hosts(base_url),
        queue_url=reading.queue_url(),
        trusted_proxies=reading.whole_number("TRUSTED_PROXIES", 0, lowest=0, highest=10),
        time_zone=reading.time_zone(),
        workers=reading.whole_number("WORKERS", 2, lowest=1, highest=64),
        threads=reading.whole_number("THREADS", 8, lowest=1, highest=64),
        log_level=reading.log_level(),
        mail_url=reading.mail_url(),
        mail_from=reading.mail_from(),
    )
    if problems:
        raise SettingsFault(problems)
    return settings if secret_key else replace(settings, secret_key=_kept_secret_key(instance))


def unknown_variables(environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Variables with our prefix that are no settings, most likely typing errors; those that steer tests aside."""
    names = (os.environ if environ is None else environ).keys()
    ours = {name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)}
    return tuple(sorted(PREFIX + name for name in ours - set(NAMES) if not name.startswith(("TEST_", "REQUIRE_"))))


def _dot_env(path: Path, problems: list[str]) -> dict[str, str]:
    """The settings of a ``.env`` file: KEY=VALUE lines, comments with #, values optionally in quotation marks."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{path} cannot be read ({type(error).__name__}). It must be UTF-8 text that Engage may read.")
        return {}
    values: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip().removeprefix("export ")
        if not words or words.startswith("#"):
            continue
        name, equals, value = words.partition("=")
        name, value = name.strip(), value.strip()
        if not equals:
            problems.append(f"{path}:{number}: write one NAME=VALUE to a line.")
        elif name.startswith(PREFIX) and name.removeprefix(PREFIX) not in NAMES:
            near = difflib.get_close_matches(name.removeprefix(PREFIX), NAMES, n=1)
            hint = f" Did you mean {PREFIX}{near[0]}?" if near else " docs/settings.md lists them all."
            problems.append(f"{path}:{number}: {name} is not a setting.{hint}")
        elif name == PREFIX + "INSTANCE":
            problems.append(f"{path}:{number}: {name} says where this file is, so it must be a real variable.")
        else:
            quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "'\""
            values[name] = value[1:-1] if quoted else value
    return values


def _kept_secret_key(instance: Path) -> str:
    """The generated key of this instance; made on first use, so that exactly one of several processes makes it."""
    path = instance / "secret-key"
    try:
        if not path.exists():
            with tempfile.NamedTemporaryFile("w", dir=instance, prefix=".secret-key-") as draft:
                draft.write(secrets.token_urlsafe(48) + "\n")
                draft.flush()
                os.fsync(draft.fileno())
                # A hard link appears whole or not at all, and fails where another process was first.
                with contextlib.suppress(FileExistsError):
                    os.link(draft.name, path)
        key = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        problem = f"ENGAGE_SECRET_KEY is not set, and {path} can be neither read nor made ({type(error).__name__})."
        raise SettingsFault(
            [f"{problem} Set the variable, or let the user running Engage write to the folder."]
        ) from error
    if len(key) < SHORTEST_SECRET_KEY:
        remedy = "Put the key back from a backup, or delete the file and everybody who is signed in starts again."
        raise SettingsFault([f"{path} holds no usable key. {remedy}"])
    return key


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads one setting after the other, noting what is wrong and going on with something harmless."""

    values: Mapping[str, str]
    problems: list[str]

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(PREFIX + name, "").strip() or default

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(f"{PREFIX}{name}: {reason}")

    def whole_number(self, name: str, default: int, *, lowest: int, highest: int) -> int:
        text = self.text(name, str(default))
        if re.fullmatch(r"[0-9]{1,6}", text, re.ASCII) and lowest <= int(text) <= highest:
            return int(text)
        self.refuse(name, f"{text[:40]!r} must be a whole number from {lowest} to {highest}.")
        return default

    def secret_key(self) -> str | None:
        key = self.text("SECRET_KEY")
        if key and (len(key) < SHORTEST_SECRET_KEY or len(set(key)) < 8):
            self.refuse(
                "SECRET_KEY",
                f"the key is too easy to guess. Use {SHORTEST_SECRET_KEY} or more random characters, "
                "for example from: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'. "
                "Or leave it out, and one is made in the instance folder.",
            )
        return key or None

    def secret_key_fallbacks(self) -> tuple[str, ...]:
        keys = tuple(key.strip() for key in self.text("SECRET_KEY_FALLBACKS").split(",") if key.strip())
        if any(len(key) < SHORTEST_SECRET_KEY for key in keys):
            self.refuse(
                "SECRET_KEY_FALLBACKS",
                f"each former key, separated by commas, has {SHORTEST_SECRET_KEY} or more characters.",
            )
        return keys

    def database_url(self, name: str, default: str) -> str:
        url = self.text(name, default)
        if url.startswith("sqlite:///") and len(url) > len("sqlite:///") and ":memory:" not in url:
            return f"sqlite:///{Path(url.removeprefix('sqlite:///')).expanduser().absolute()}"
        for form in ("postgresql+psycopg://", "postgresql://", "postgres://"):
            # The driver is named because SQLAlchemy's default has changed before.
            if url.startswith(form) and len(url) > len(form):
                return "postgresql+psycopg://" + url.removeprefix(form)
        self.refuse(
            name,
            "use sqlite:///FOLDER/FILE or postgresql://USER:PASSWORD@HOST/DATABASE, "
            "or leave it out for a SQLite file in the instance folder.",
        )
        return default

    def base_url(self) -> str:
        default = "http://127.0.0.1:8000"
        url = self.text("BASE_URL", default).rstrip("/")
        try:
            parts = urlsplit(url)
            usable = (
                parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
            )
        except ValueError:
            usable = False
        if not usable or parts.path or parts.query or parts.fragment or parts.username or not url.isascii():
            self.refuse(
                "BASE_URL",
                f"{url[:80]!r} must be the address that people type, such as https://engage.example.nhs.uk, "
                "with http or https and without a path. QR codes carry it.",
            )
            return default
        return url

    def allowed_hosts(self, base_url: str) -> tuple[str, ...]:
        own = urlsplit(base_url).hostname or ""
        more = [host.strip().lower() for host in self.text("ALLOWED_HOSTS").split(",") if host.strip()]
        if any(not re.fullmatch(r"[a-z0-9.\-\[\]:]+", host) for host in more):
            self.refuse("ALLOWED_HOSTS", "write host names without http:// and without ports, separated by commas.")
        return tuple(dict.fromkeys([own, "localhost", "127.0.0.1", "[::1]", *more]))

    def queue_url(self) -> str:
        url = self.text("QUEUE_URL", EMBEDDED)
        if url == EMBEDDED or re.fullmatch(r"(rediss?|unix)://\S+", url):
            return url
        self.refuse("QUEUE_URL", f"use {EMBEDDED!r} (the default) or redis://HOST:6379/0.")
        return EMBEDDED

    def time_zone(self) -> str:
        name = self.text("TIME_ZONE", "Europe/London")
        try:
            zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            self.refuse("TIME_ZONE", f"{name[:40]!r} is not a time zone. Use a name such as Europe/London.")
            return "Europe/London"
        return name

    def log_level(self) -> str:
        level = self.text("LOG_LEVEL", "info").lower()
        if level not in LOG_LEVELS:
            self.refuse("LOG_LEVEL", f"{level[:40]!r} must be one of {', '.join(LOG_LEVELS)}.")
            return "info"
        return level

    def mail_url(self) -> str:
        url = self.text("MAIL_URL")
        usable = re.fullmatch(r"smtps?://([^@/?#\s]+@)?([\w.-]+|\[[0-9a-fA-F:]+\])(:[1-9][0-9]{0,4})?/?", url, re.ASCII)
        if url and not usable:
            self.refuse(
                "MAIL_URL",
                "use smtp://USER:PASSWORD@HOST:PORT or smtps:// with the same, or leave it out and no e-mail is sent. "
                "Write characters such as @ and / of a password as %40 and %2F.",
            )
        return url if usable else ""

    def mail_from(self) -> str:
        address = self.text("MAIL_FROM")
        if address and not re.fullmatch(r"[^@\s<>,]{1,64}@[^@\s<>,]{1,189}", address):
            self.refuse("MAIL_FROM", "write one e-mail address without a name, such as engage@example.nhs.uk.")
        elif not address and self.text("MAIL_URL"):
            self.refuse("MAIL_FROM", "say which address e-mails come from, because ENGAGE_MAIL_URL is set.")
        return address
