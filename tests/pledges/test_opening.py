"""What the page of a new round proposes."""

import pytest
from django.urls import reverse

from neutrality.elections.models import Contest
from neutrality.organisations.models import Region
from tests.pledges import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(city, client, settings, time_machine):
    settings.SECOND_FACTOR_REQUIRED = False
    time_machine.move_to("2026-11-20T05:00:00Z", tick=False)
    client.force_login(factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency))
    return client


def test_a_round_ends_by_default_when_candidates_are_determined(officer):
    election = factories.election()
    Contest.objects.create(
        election=election,
        kind="MAYOR",
        name="Pemilihan Wali Kota Contoh",
        region=Region.objects.get(code=factories.CITY),
        number_code="PW",
        number_code_certainty="MEMORY",
        candidates_determined_on="2026-12-22",
    )

    page = officer.get(reverse("pledges_hr:open"))

    assert str(page.context["form"].initial["sampai"]) == "2026-12-22"


def test_without_a_date_nothing_is_proposed(officer):
    page = officer.get(reverse("pledges_hr:open"))

    assert page.context["form"].initial["sampai"] is None
