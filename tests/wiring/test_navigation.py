"""The menu: every entry leads somewhere, and lets in those to whom it is shown, nobody else."""

import pytest
from django.conf import settings as configured
from django.urls import reverse

from neutrality.accounts.roles import HELD_AT, OrganisationKind, Role
from neutrality.organisations.models import Agency, ReferralBody, Unit
from neutrality.settings import navigation
from neutrality.ui.navigation import links_for
from tests.complaints import factories as make

pytestmark = pytest.mark.django_db
ITEMS = configured.STAFF_NAVIGATION


@pytest.fixture(autouse=True)
def _door(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def place(role):
    agency = Agency.objects.create(code="K", path="K", name="Kota Contoh", kind="CITY")
    unit = Unit.objects.create(agency=agency, code="U", path="K/U", name="Unit", kind="WARD")
    body = ReferralBody.objects.order_by("path").first()
    places = {
        OrganisationKind.OFFICE: {"office": make.office()},
        OrganisationKind.AGENCY: {"agency": agency},
        OrganisationKind.UNIT: {"unit": unit},
        OrganisationKind.BODY: {"body": body},
        OrganisationKind.NATIONAL: {"is_national": True},
    }
    return places[min(HELD_AT[role])]


def test_it_names_roles_that_exist():
    assert {role for item in ITEMS for role in item.roles} - set(Role.values) == set()


@pytest.mark.parametrize("role", list(Role))
def test_every_entry_opens_for_its_roles_and_for_no_other(role, client):
    client.force_login(make.user("Orang contoh", role, **place(role)))
    answers = {item.view: client.get(reverse(item.view)).status_code for item in ITEMS}
    assert answers == {item.view: 200 if role in item.roles else 404 for item in ITEMS}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.UNIT_OPERATOR}))
def test_after_logging_in_one_stands_on_the_first_entry(role, client):
    client.force_login(make.user("Orang contoh", role, **place(role)))
    page = client.get("/akun/mulai/", follow=True)
    first = links_for([role], "")[0].url
    assert (page.status_code, page.redirect_chain) == (200, [(first, 302)])


def test_the_entry_nearest_to_the_page_is_current():
    links = links_for(["supervisor"], reverse("staff:offices"))
    assert [link.label for link in links if link.current] == ["Kantor"]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/petugas/", "Beranda"),
        ("/petugas/klarifikasi/abc/berita-acara/", "Perkara"),
        ("/petugas/salinan/abc/samarkan/", "Perkara"),
        ("/petugas/laporan/abc/", "Laporan"),
    ],
)
def test_a_page_about_a_file_belongs_to_the_cases(path, label):
    links = links_for(["handler"], path)
    assert [link.label for link in links if link.current] == [label]


def test_caught_mails_are_in_the_menu_of_the_demo_only():
    assert navigation.CAUGHT_MAIL not in ITEMS
