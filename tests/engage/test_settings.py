"""Settings: each bad value is refused by name with its remedy, and two processes share one key."""

import concurrent.futures
import multiprocessing
import stat
from pathlib import Path

import pytest

from engage.settings import Settings, SettingsFault, load_settings, unknown_variables


def given(tmp_path: Path, **variables: str) -> Settings:
    return load_settings({"ENGAGE_INSTANCE": str(tmp_path / "instance"), **variables})


def secret_key_of(instance: str) -> str:
    return load_settings({"ENGAGE_INSTANCE": instance}).secret_key


def test_everything_has_a_default(tmp_path: Path) -> None:
    settings = given(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'instance' / 'engage.sqlite'}"
    assert settings.drafts_url == f"sqlite:///{tmp_path / 'instance' / 'drafts.sqlite'}"
    assert settings.queue_is_embedded
    assert not settings.secure
    assert settings.allowed_hosts == ("127.0.0.1", "localhost", "[::1]")


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("SECRET_KEY", "secret", "32 or more random characters"),
        ("SECRET_KEY", "a" * 40, "random characters"),
        ("SECRET_KEY_FALLBACKS", "short,shorter", "32 or more"),
        ("DATABASE_URL", "mysql://somewhere/db", "postgresql://"),
        ("DATABASE_URL", "sqlite://", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///:memory:", "sqlite:///"),
        ("DRAFTS_URL", "files", "sqlite:///"),
        ("BASE_URL", "engage.example.nhs.uk", "with http or https"),
        ("BASE_URL", "https://engage.example.nhs.uk/surveys", "without a path"),
        ("BASE_URL", "https://user@engage.example.nhs.uk", "without a path"),
        ("BASE_URL", "ftp://engage.example.nhs.uk", "with http or https"),
        ("BASE_URL", "https://engage.example.nhs.uk:port", "with http or https"),
        ("ALLOWED_HOSTS", "https://other.example", "without http://"),
        ("QUEUE_URL", "amqp://localhost", "redis://"),
        ("TRUSTED_PROXIES", "-1", "from 0 to 10"),
        ("TRUSTED_PROXIES", "one", "from 0 to 10"),
        ("TRUSTED_PROXIES", "\u0663", "from 0 to 10"),
        ("TRUSTED_PROXIES", "9" * 5000, "from 0 to 10"),
        ("TIME_ZONE", "Europe/Westminster", "Europe/London"),
        ("TIME_ZONE", "../../etc/passwd", "Europe/London"),
        ("WORKERS", "0", "from 1 to 64"),
        ("THREADS", "many", "from 1 to 64"),
        ("LOG_LEVEL", "chatty", "debug, info"),
        ("MAIL_FROM", "Engage <engage@example.org>", "without a name"),
    ],
)
def test_a_bad_value_is_refused_by_name_with_its_remedy(tmp_path: Path, name: str, value: str, remedy: str) -> None:
    with pytest.raises(SettingsFault) as refused:
        given(tmp_path, **{f"ENGAGE_{name}": value})
    (problem,) = refused.value.problems
    assert problem.startswith(f"ENGAGE_{name}: ")
    assert remedy in problem
    assert len(problem) < 400


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault) as refused:
        given(tmp_path, ENGAGE_WORKERS="none", ENGAGE_BASE_URL="x", ENGAGE_QUEUE_URL="y")
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize("form", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_every_form_of_a_postgresql_address_names_the_driver(tmp_path: Path, form: str) -> None:
    settings = given(tmp_path, ENGAGE_DATABASE_URL=f"{form}engage@db/engage")
    assert settings.database_url == settings.drafts_url == "postgresql+psycopg://engage@db/engage"


def test_a_relative_sqlite_file_means_the_same_for_every_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (
        given(tmp_path, ENGAGE_DATABASE_URL="sqlite:///data.sqlite").database_url == f"sqlite:///{tmp_path}/data.sqlite"
    )


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first, second = given(tmp_path), given(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 43
    assert stat.S_IMODE((tmp_path / "instance" / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "instance").stat().st_mode) == 0o700


def test_processes_that_start_together_get_the_same_key(tmp_path: Path) -> None:
    spawning = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(6, mp_context=spawning) as pool:
        keys = set(pool.map(secret_key_of, [str(tmp_path / "shared")] * 12))
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "shared").iterdir()] == ["secret-key"]


def test_an_emptied_key_file_is_not_taken_for_a_key(tmp_path: Path) -> None:
    given(tmp_path)
    (tmp_path / "instance" / "secret-key").write_text("")
    with pytest.raises(SettingsFault, match="holds no usable key"):
        given(tmp_path)


def test_an_instance_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsFault, match="ENGAGE_INSTANCE"):
        load_settings({"ENGAGE_INSTANCE": str(tmp_path / "file" / "instance")})


def test_a_file_in_the_instance_is_read_and_real_variables_win(tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / ".env").write_text(
        "# Ours\nexport ENGAGE_WORKERS=3\n\nENGAGE_BASE_URL='https://engage.example.nhs.uk'\nOTHER=1\n"
    )
    settings = given(tmp_path, ENGAGE_WORKERS="4")
    assert settings.workers == 4
    assert settings.base_url == "https://engage.example.nhs.uk"
    assert settings.secure


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ENGAGE_DATABSE_URL=sqlite:///x", "Did you mean ENGAGE_DATABASE_URL?"),
        ("ENGAGE_XYZZY=1", "docs/settings.md"),
        ("nothing here", "one NAME=VALUE"),
        ("ENGAGE_INSTANCE=elsewhere", "must be a real variable"),
    ],
)
def test_a_fault_in_the_file_is_named_with_its_line(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / ".env").write_text(f"# One\n{line}\n")
    with pytest.raises(SettingsFault) as refused:
        given(tmp_path)
    assert ".env:2: " in refused.value.problems[0]
    assert message in refused.value.problems[0]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / ".env").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsFault, match="UTF-8"):
        given(tmp_path)


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port", "smtp://user@host/path"]
)
def test_a_mail_server_is_named_whole_and_a_sender_with_it(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsFault) as refused:
        given(tmp_path, ENGAGE_MAIL_URL=url)
    server, sender = refused.value.problems
    assert server.startswith("ENGAGE_MAIL_URL: use smtp://")
    assert sender.startswith("ENGAGE_MAIL_FROM: say which address")
    right = given(tmp_path, ENGAGE_MAIL_URL="smtp://me:pa55word@host:25", ENGAGE_MAIL_FROM="engage@example.org")
    assert "pa55word" not in repr(right)


def test_secrets_are_not_in_what_is_printed_of_settings(tmp_path: Path) -> None:
    settings = given(tmp_path, ENGAGE_DATABASE_URL="postgresql://engage:pa55word@db/engage")
    assert settings.secret_key not in repr(settings)
    assert "pa55word" not in repr(settings)


def test_a_misspelt_variable_is_pointed_out() -> None:
    found = unknown_variables(
        {"ENGAGE_WORKRES": "2", "ENGAGE_WORKERS": "2", "ENGAGE_TEST_POSTGRES_URL": "x", "PATH": "x"}
    )
    assert found == ("ENGAGE_WORKRES",)
