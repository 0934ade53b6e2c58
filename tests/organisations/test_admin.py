"""What an administrator may correct in the reference tables."""

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from neutrality.organisations.admin import AgencyAdmin, OfficeAdmin, RegionAdmin
from neutrality.organisations.codes import AgencyKind
from neutrality.organisations.models import Agency, Office, Region

pytestmark = pytest.mark.django_db


class Administrator:
    """Somebody with every permission."""

    def has_perm(self, permission):
        return True


@pytest.fixture
def request_of_an_administrator():
    request = RequestFactory().get("/admin/")
    request.user = Administrator()  # type: ignore[assignment]
    return request


def test_codes_and_addresses_of_an_office_are_corrected_and_nothing_else(
    request_of_an_administrator,
):
    page = OfficeAdmin(Office, admin.site)
    office = Office.objects.get(path="RI/35/35.71")
    fields = page.get_form(request_of_an_administrator, office).base_fields
    assert tuple(fields) == (
        "code_bawaslu",
        "code_certainty",
        "address",
        "phone",
        "email",
        "members",
        "members_certainty",
    )
    assert page.has_add_permission(request_of_an_administrator)
    assert not page.has_delete_permission(request_of_an_administrator, office)


def test_a_region_is_only_shown(request_of_an_administrator):
    page = RegionAdmin(Region, admin.site)
    assert not page.has_change_permission(request_of_an_administrator)


def test_an_agency_gets_the_path_of_its_code(request_of_an_administrator):
    page = AgencyAdmin(Agency, admin.site)
    assert page.has_add_permission(request_of_an_administrator)
    assert page.get_readonly_fields(request_of_an_administrator) == []
    agency = Agency(
        code="kementerian-contoh",
        name="Kementerian Contoh",
        kind=AgencyKind.MINISTRY,
        appointing_authority="Menteri",
    )
    page.save_model(request_of_an_administrator, agency, None, False)  # noqa: FBT003
    assert Agency.objects.get(code="kementerian-contoh").path == "kementerian-contoh"


def test_a_code_that_another_office_has_is_refused_in_the_form():
    office = Office.objects.get(path="RI/35/35.71")
    office.full_clean()
    office.code_bawaslu = "14.09"
    with pytest.raises(ValidationError):
        office.full_clean()
