"""What `manage.py check` says about the wiring."""

from datetime import timedelta

from neutrality import checks, schedule


def test_every_periodic_task_exists():
    assert checks.schedule_names_tasks(None) == []


def test_a_periodic_task_that_does_not_exist_is_an_error(monkeypatch):
    entry = {"task": "neutrality.nowhere.nothing", "schedule": timedelta(minutes=1)}
    monkeypatch.setitem(schedule.SCHEDULE, "nothing", entry)

    [error] = checks.schedule_names_tasks(None)

    assert (error.id, error.msg) == (
        "neutrality.E001",
        "The schedule names neutrality.nowhere.nothing, and no such task exists.",
    )


def test_a_demo_that_answers_to_strangers_is_warned_of(settings):
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["localhost", "netral.example"]

    [warning] = checks.demo_stays_at_home(None)

    assert (warning.id, warning.msg) == (
        "neutrality.W001",
        "The demo answers to netral.example.",
    )


def test_a_demo_on_this_machine_is_fine(settings):
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]

    assert checks.demo_stays_at_home(None) == []
