"""The administrator sees every table, and a used row only as far as its end."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from neutrality.law.models import LawRow, LawVersion, Outage, Period
from neutrality.law.services.rows import mark_used

pytestmark = pytest.mark.django_db

TABLES = [model for model in admin.site._registry if issubclass(model, LawRow | Outage)]


@pytest.fixture
def request_of_admin(rf: RequestFactory):
    request = rf.get("/admin/")
    request.user = get_user_model()(email="admin@example.go.id", is_active=True)
    request.user.open_apps = frozenset({"law"})
    return request


def handling() -> Period:
    return Period.objects.get(regime="PEMILU", code="HANDLING")


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_every_table_lists_and_finds_its_rows(model, request_of_admin):
    page = admin.site.get_model_admin(model)
    changes = page.get_changelist_instance(request_of_admin)
    assert changes.get_queryset(request_of_admin).count() == model._default_manager.count()
    found, _ = page.get_search_results(request_of_admin, model._default_manager.all(), "zzz")
    assert list(found) == []


def test_every_table_of_the_law_is_there():
    assert len(TABLES) == 21


def test_an_unused_row_can_be_edited(request_of_admin):
    page = admin.site.get_model_admin(Period)
    assert page.get_readonly_fields(request_of_admin, handling()) == []
    assert page.get_readonly_fields(request_of_admin) == []
    assert page.has_delete_permission(request_of_admin, handling())


def test_a_used_row_can_only_be_ended(clock, request_of_admin):
    mark_used(rules=[handling().rule()], clock=clock)
    page = admin.site.get_model_admin(Period)
    open_fields = set(page.get_form(request_of_admin, handling()).base_fields)
    assert open_fields == {"valid_until"}
    assert not page.has_delete_permission(request_of_admin, handling())


def test_rows_are_never_deleted_several_at_once(request_of_admin):
    page = admin.site.get_model_admin(Period)
    assert not page.has_delete_permission(request_of_admin)


def test_saving_and_deleting_tell_every_process(request_of_admin):
    page = admin.site.get_model_admin(Period)
    version = LawVersion.objects.get().number
    row = handling()
    row.valid_until = date(2027, 1, 1)
    page.save_model(request_of_admin, row, form=None, change=True)
    page.delete_model(request_of_admin, row)
    assert LawVersion.objects.get().number == version + 2
    assert not Period.objects.filter(regime="PEMILU", code="HANDLING").exists()
