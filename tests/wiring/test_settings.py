"""The settings of a real installation, read by a process of its own."""

import os
import re
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from neutrality import env

COMPLETE = {
    "SECRET_KEY": "production-0123456789abcdefghijklmnopqrstuvwxyz-0123456789",
    "VAULT_KEYS": "p1:cHJvZC1rZXktcHJvZC1rZXktcHJvZC1rZXktMTIzNDU=",
    "VAULT_INDEX_KEY": "cHJvZC1pZHgtcHJvZC1pZHgtcHJvZC1pZHgtMTIzNDU=",
    "AUDIT_SEAL_KEY": "cHJvZC1zZWFsLXByb2Qtc2VhbC1wcm9kLXNlYWwtMTI=",
    "ALTCHA_HMAC_KEY": "production-0123456789abcdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "postgres://localhost/none",
    "REDIS_URL": "redis://localhost/0",
    "SITE_URL": "https://netral.example",
    "ALLOWED_HOSTS": "netral.example",
    "EMAIL_HOST": "smtp.example",
    "DEFAULT_FROM_EMAIL": "layanan@netral.example",
}


def start(variables):
    """Load the settings of production with these variables and no file; return the process."""
    program = (
        "from neutrality import env; env.load_file = lambda: None; "
        "from django.conf import settings; print(settings.DEBUG, settings.DEMO)"
    )
    environment = {"PATH": os.environ["PATH"], **variables}
    environment["DJANGO_SETTINGS_MODULE"] = "neutrality.settings.production"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=env.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_nothing_is_missing():
    process = start(COMPLETE)

    assert (process.returncode, process.stdout) == (0, "False False\n")


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_production_refuses_to_start_without_a_variable_and_names_it(name):
    process = start({key: value for key, value in COMPLETE.items() if key != name})

    last = process.stderr.strip().splitlines()[-1]
    assert process.returncode == 1
    assert last.endswith(f"Set the environment variable {name}; see .env.example.")


def test_no_variable_that_production_requires_is_forgotten_here():
    source = (env.BASE_DIR / "neutrality/settings/production.py").read_text(encoding="utf-8")

    assert set(re.findall(r'env\.required\("(\w+)"\)', source)) == set(COMPLETE)


def test_every_variable_of_production_stands_in_the_example():
    example = (env.BASE_DIR / ".env.example").read_text(encoding="utf-8")
    named = {line.lstrip("# ").split("=")[0] for line in example.splitlines() if "=" in line}

    assert set(COMPLETE) - named == set()
    read = re.compile(r'env\.(?:text|number|flag|words|required)\("(\w+)"')
    settings = (
        env.BASE_DIR / "neutrality/settings" / f"{each}.py" for each in ("base", "production")
    )
    asked = {name for source in settings for name in read.findall(source.read_text("utf-8"))}
    assert asked - named == set()


def test_a_number_below_the_least_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("EVIDENCE_FILES", "0")
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.number("EVIDENCE_FILES", 20, least=1)
    assert str(refusal.value) == "EVIDENCE_FILES must be at least 1, not 0."


def test_the_word_false_is_not_true(monkeypatch):
    monkeypatch.setenv("SWITCH", "false")

    assert env.flag("SWITCH", default=True) is False


@pytest.mark.parametrize(
    ("read", "sentence"),
    [
        (env.number, "SWITCH must be a whole number, not 'perhaps'."),
        (env.flag, "SWITCH must be true or false, not 'perhaps'."),
    ],
)
def test_a_variable_of_the_wrong_form_is_refused_by_name(monkeypatch, read, sentence):
    monkeypatch.setenv("SWITCH", "perhaps")
    arguments = [0] if read is env.number else []

    with pytest.raises(ImproperlyConfigured, match="SWITCH") as refusal:
        read("SWITCH", *arguments)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("unix:///tmp/a b/redis.sock?db=3", "redis+socket:///tmp/a b/redis.sock?virtual_host=3"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock?virtual_host=0"),
        ("redis://cache.example:6379/1", "redis://cache.example:6379/1"),
    ],
)
def test_an_address_of_redis_is_spelt_for_the_broker(given, expected):
    assert env.broker(given) == expected


def test_a_database_may_answer_at_a_socket():
    settings = env.database("postgres://someone@%2Frun%2Fpg/name")

    assert {key: settings[key] for key in ("HOST", "USER", "NAME")} == {
        "HOST": "/run/pg",
        "USER": "someone",
        "NAME": "name",
    }


@pytest.mark.django_db
def test_every_connection_tells_the_planner_what_a_page_costs_unless_the_address_does():
    ours = env.database("postgres://someone@db/name")["OPTIONS"]["options"]
    theirs = env.database("postgres://someone@db/name?options=-c%20random_page_cost%3D4")
    with connection.cursor() as cursor:
        cursor.execute("SHOW random_page_cost")
        (cost,) = cursor.fetchone()

    assert (ours, theirs["OPTIONS"]["options"], cost) == (
        "-c random_page_cost=1.1",
        "-c random_page_cost=4",
        "1.1",
    )
