"""Settings come from the environment and are safe where it says nothing."""

import json
import os
import secrets
import stat
import subprocess
import sys
import uuid
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from assessments.checks import addresses_can_be_confirmed
from ftdecide import environment

FILE = Path("/somewhere/ftdecide.sqlite3")
KEY = "q7Zt_9vKx2Lm-Wp4Rb8Ny6Hd3Jf5Gc1S"
AUDIT = KEY[::-1]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "SECRET_KEY",
        "SECRET_KEY_FALLBACKS",
        "DATABASE_URL",
        "DEBUG",
        "FTDECIDE_URL",
        "FTDECIDE_DATA",
        "EMAIL_URL",
        "OIDC_URL",
    ):
        monkeypatch.delenv(name, raising=False)


# flags and texts


@pytest.mark.parametrize("value", ["1", "true", "True", "YES", " on "])
def test_a_flag_is_on_when_it_says_so(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DEBUG", value)
    assert environment.flag("DEBUG") is True


@pytest.mark.parametrize("value", ["0", "false", "no", "off", "2", "debug"])
def test_a_flag_is_off_for_anything_else(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DEBUG", value)
    assert environment.flag("DEBUG", default=True) is False


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DEBUG", value)
    assert environment.flag("DEBUG", default=True) is True
    assert environment.text("DEBUG", "fallback") == "fallback"


# secret key


def test_a_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    key = environment.secret_key(folder)
    assert len(key) >= 64
    assert environment.secret_key(folder) == key
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_two_data_folders_have_two_keys(tmp_path: Path) -> None:
    assert environment.secret_key(tmp_path / "a") != environment.secret_key(tmp_path / "b")


def test_processes_that_start_together_use_one_key(tmp_path: Path) -> None:
    keys: list[str] = []
    threads = [Thread(target=lambda: keys.append(environment.secret_key(tmp_path / "new"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_key_from_the_environment_is_used_and_none_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", KEY)
    assert environment.secret_key(tmp_path) == KEY
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "weak",
    [
        *(KEY[:31], "x", "secret"),
        *("k" * 40, "ab" * 20, "0123456789" * 4, "abcdefghijklmnopqrstuvwxyz0123456789"),
        *("django-insecure-q7Zt_9vKx2Lm-Wp4Rb8Ny6Hd3Jf5Gc1S", "changeme-changeme-changeme-changeme"),
        *("my-super-secret-key-for-production-2026", "your-secret-key-goes-here-please-replace"),
        *("this is an example key, take another one", "passwordpasswordpasswordpassword"),
        *("ftdecide" * 5, "a1b2c3d4" * 5, "1" * 64, "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbcccccccc"),
        *("default-key-default-key-default-key-1", "insecure-only-for-this-machine-12345", "qwertyuiop" * 4),
        "CHANGE_ME_CHANGE_ME_CHANGE_ME_CHANGE_ME",
    ],
)
@pytest.mark.parametrize("name", ["SECRET_KEY", "AUDIT_KEY"])
def test_a_key_that_is_short_well_known_or_repeats_itself_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, weak: str
) -> None:
    monkeypatch.setenv(name, weak)
    with pytest.raises(ImproperlyConfigured, match=f"{name} (must have at least 32|can be guessed)"):
        environment.key(name)


@pytest.mark.parametrize(
    "known",
    [
        *("please-replace-me-with-a-random-string", "correct horse battery staple correct horse"),
        *("qwertyuiopasdfghjklzxcvbnm1234567890", "YOUR_OWN_RANDOM_GENERATED_SECRET_KEY", "deadbeef42" * 4 + "cafe19"),
    ],
)
def test_a_key_that_is_copied_from_somewhere_is_refused(monkeypatch: pytest.MonkeyPatch, known: str) -> None:
    monkeypatch.setenv("SECRET_KEY", known)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY can be guessed"):
        environment.key("SECRET_KEY")


def test_a_key_that_was_drawn_at_random_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for drawn in (secrets.token_urlsafe(32), secrets.token_urlsafe(48), secrets.token_hex(32), str(uuid.uuid4())):
        monkeypatch.setenv("SECRET_KEY", drawn)
        assert environment.key("SECRET_KEY") == drawn


def test_how_many_proxies_there_are_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.count("PROXIES") == 0
    monkeypatch.setenv("PROXIES", "2")
    assert environment.count("PROXIES") == 2
    for wrong in ("abc", "-1", "1.5", "²"):
        monkeypatch.setenv("PROXIES", wrong)
        with pytest.raises(ImproperlyConfigured, match="PROXIES must be a whole number"):
            environment.count("PROXIES")


def test_former_keys_stand_with_commas_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.former_keys("SECRET_KEY_FALLBACKS") == []
    monkeypatch.setenv("SECRET_KEY_FALLBACKS", f"{'a' * 32}, {'b' * 40},")
    assert environment.former_keys("SECRET_KEY_FALLBACKS") == ["a" * 32, "b" * 40]
    monkeypatch.setenv("SECRET_KEY_FALLBACKS", f"{'a' * 32},short")
    with pytest.raises(ImproperlyConfigured, match="Each key of SECRET_KEY_FALLBACKS must have at least 32"):
        environment.former_keys("SECRET_KEY_FALLBACKS")


def read_again() -> Any:
    """The settings as they are with the environment of now."""
    spec = spec_from_file_location("ftdecide.settings_of_now", Path(environment.__file__).with_name("settings.py"))
    assert spec
    assert spec.loader
    read = module_from_spec(spec)
    spec.loader.exec_module(read)
    return read


@pytest.mark.parametrize(
    ("audit_key", "former"), [("", ["f" * 32, "o" * 32]), (AUDIT, ["f" * 32])], ids=["none of its own", "its own"]
)
def test_a_former_secret_key_sealed_the_trail_where_that_had_no_key_of_its_own(
    monkeypatch: pytest.MonkeyPatch, audit_key: Any, former: Any
) -> None:
    keys = {"SECRET_KEY": KEY, "SECRET_KEY_FALLBACKS": "o" * 32, "AUDIT_KEY_FALLBACKS": "f" * 32}
    for name, value in {**keys, "AUDIT_KEY": audit_key}.items():
        monkeypatch.setenv(name, value)
    read = read_again()
    assert read.SECRET_KEY_FALLBACKS == ["o" * 32]
    assert (audit_key or KEY, former) == (read.AUDIT_KEY, read.AUDIT_KEY_FALLBACKS)


def test_a_folder_that_cannot_be_written_to_is_told_with_what_to_set(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY or FTDECIDE_DATA"):
        environment.secret_key(tmp_path / "file" / "folder")


# database


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("", FILE),
        ("sqlite://", FILE),
        ("sqlite:///db.sqlite3", "db.sqlite3"),
        ("sqlite:////srv/ft%20decide/db.sqlite3", "/srv/ft decide/db.sqlite3"),
    ],
)
def test_sqlite_is_the_default_and_writes_durably(url: str, name: Any) -> None:
    database = environment.database(url, default_file=FILE)
    assert (database["ENGINE"], database["NAME"]) == ("django.db.backends.sqlite3", name)
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://ann:secret@db.example.org:5433/ft", ("ft", "ann", "secret", "db.example.org", 5433, {})),
        ("postgres://ann@localhost/ft", ("ft", "ann", "", "localhost", "", {})),
        ("postgresql:///ft", ("ft", "", "", "", "", {})),
        ("postgresql://a%40b:p%3A%2F%3F%23%25@h/n%20m", ("n m", "a@b", "p:/?#%", "h", "", {})),
        ("postgresql://ann@/ft?host=/run/postgresql", ("ft", "ann", "", "/run/postgresql", "", {})),
        (
            "postgresql://ann@/ft?host=%2Ftmp%2Fa%20b&sslmode=require",
            ("ft", "ann", "", "/tmp/a b", "", {"sslmode": "require"}),
        ),
        ("postgresql://ann@[::1]:5432/ft", ("ft", "ann", "", "::1", 5432, {})),
    ],
)
def test_a_postgresql_url_is_taken_apart(url: str, expected: Any) -> None:
    database = environment.database(url, default_file=FILE)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["OPTIONS"].pop("options") == "-c random_page_cost=1.1"
    assert tuple(database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")) == expected
    assert database["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize("url", ["mysql://h/n", "h/n", "http://h/n"])
def test_another_database_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="must start with sqlite:// or postgresql://"):
        environment.database(url, default_file=FILE)


# the settings as a whole


def settings_with(folder: Path, **variables: str) -> dict[str, Any]:
    """What the settings module says in an environment with these variables only."""
    names = [
        *("DEBUG", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_NAME"),
        *("CSRF_COOKIE_NAME", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "TIME_ZONE"),
    ]
    code = f"import json, ftdecide.settings as s; print(json.dumps({{n: getattr(s, n) for n in {names}}}))"
    return dict(json.loads(run_with(folder, ["-c", code], **variables).stdout))


def test_without_any_variable_it_serves_this_machine_only_and_debug_is_off(tmp_path: Path) -> None:
    assert settings_with(tmp_path) == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "CSRF_TRUSTED_ORIGINS": [],
        "SESSION_COOKIE_SECURE": False,
        "SESSION_COOKIE_NAME": "sessionid",
        "CSRF_COOKIE_NAME": "csrftoken",
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
        "SECURE_PROXY_SSL_HEADER": None,
        "TIME_ZONE": "UTC",
    }


def test_an_https_address_makes_cookies_secure_and_https_the_only_way(tmp_path: Path) -> None:
    said = settings_with(tmp_path, FTDECIDE_URL="https://decide.example.org:8443/", TIME_ZONE="Europe/Berlin")
    assert said == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["decide.example.org"],
        "CSRF_TRUSTED_ORIGINS": ["https://decide.example.org:8443"],
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "TIME_ZONE": "Europe/Berlin",
    }


@pytest.mark.parametrize("variables", [{"PROXIES": "abc"}, {"SECRET_KEY": "changeme"}, {"DATABASE_URL": "mysql://h/n"}])
@pytest.mark.parametrize("program", [["manage.py", "check"], ["-m", "gunicorn", "--config", "ftdecide/gunicorn.py"]])
def test_what_is_set_wrongly_is_told_in_a_sentence(tmp_path: Path, program: Any, variables: Any) -> None:
    """It was a traceback of Python's."""
    done = run_with(tmp_path, program, **variables)
    (name,) = variables
    assert done.returncode == 1
    assert done.stderr.startswith(f"ftdecide does not start. {name} must")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("neighbours", [{}, {"HSTS_DAYS": "0"}])
def test_django_s_own_look_at_a_site_on_the_network_finds_nothing(tmp_path: Path, neighbours: Any) -> None:
    """It complained, so that nobody would have seen a new complaint."""
    look = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = run_with(tmp_path, look, FTDECIDE_URL="https://decide.example.org", **neighbours)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("variables", "address"), [({}, "127.0.0.1:8000"), ({"HOST": "::", "PORT": "80"}, ":::80")])
def test_the_address_to_listen_on_can_be_said(tmp_path: Path, variables: Any, address: str) -> None:
    code = "import runpy; print(runpy.run_path('ftdecide/gunicorn.py')['bind'])"
    assert run_with(tmp_path, ["-c", code], **variables).stdout.strip() == address


def run_with(folder: Path, program: Any, **variables: str) -> subprocess.CompletedProcess[str]:
    """A program in an environment with these variables only."""
    environ = {"PATH": os.environ["PATH"], "FTDECIDE_DATA": str(folder), **variables}
    command = [sys.executable, *program]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environ, capture_output=True, text=True, check=False)


# mail and single sign-on


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, "", "", False, False)),
        ("smtp://ann:s%40fe@mail.example.org:2525", ("mail.example.org", 2525, "ann", "s@fe", False, True)),
        ("smtps://ann:safe@mail.example.org", ("mail.example.org", 465, "ann", "safe", True, False)),
    ],
)
def test_a_mail_server_is_taken_apart(url: str, expected: Any) -> None:
    server = environment.mail_server(url)
    assert tuple(server[key] for key in ("host", "port", "user", "password", "use_ssl", "use_tls")) == expected


def test_without_a_mail_server_there_is_none() -> None:
    assert environment.mail_server("") == {}


@pytest.mark.parametrize("url", ["http://mail.example.org", "mail.example.org", "smtp://"])
def test_another_kind_of_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL must look like smtp://"):
        environment.mail_server(url)


def test_single_sign_on_needs_an_id_and_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME"):
        monkeypatch.delenv(name, raising=False)
    assert environment.single_sign_on("") == []
    with pytest.raises(ImproperlyConfigured, match="OIDC_URL needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET"):
        environment.single_sign_on("https://id.example.org")
    monkeypatch.setenv("OIDC_CLIENT_ID", "ft")
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "secret")
    (found,) = environment.single_sign_on("https://id.example.org")
    assert (found["client_id"], found["secret"], found["name"]) == ("ft", "secret", "Single sign-on")
    assert found["settings"] == {"server_url": "https://id.example.org"}


def test_addresses_cannot_be_confirmed_without_a_mail_server() -> None:
    with override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory", MAIL_SERVER={}):
        assert [error.id for error in addresses_can_be_confirmed()] == ["assessments.E002"]
    with override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory", MAIL_SERVER={"host": "mail.example.org"}):
        assert addresses_can_be_confirmed() == []
    with override_settings(ACCOUNT_EMAIL_VERIFICATION="none", MAIL_SERVER={}):
        assert addresses_can_be_confirmed() == []
