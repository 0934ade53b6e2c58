"""A stage is checked before it is stored."""

from datetime import date

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from neutrality.elections.admin import StageAdmin
from neutrality.elections.models import Stage
from neutrality.law.codes import Certainty, StageKind


class Administrator:
    """Somebody with every permission."""

    def has_perm(self, permission):
        return True


def test_a_stage_may_be_added():
    request = RequestFactory().get("/admin/")
    request.user = Administrator()  # type: ignore[assignment]
    assert StageAdmin(Stage, admin.site).has_add_permission(request)


def test_a_second_stage_of_one_kind_on_one_day_is_refused_in_the_form(sample):
    stage = Stage(
        election=sample,
        kind=StageKind.QUIET,
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 7, 1),
        decree="Keputusan contoh",
        certainty=Certainty.FOUND,
    )
    stage.full_clean()
    stage.starts_on = date(2026, 6, 16)
    with pytest.raises(ValidationError):
        stage.full_clean()
