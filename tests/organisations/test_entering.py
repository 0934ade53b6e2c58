"""What the administrator enters on the pages of the admin site: bodies, offices, elections."""

from datetime import date, timedelta

import pytest

from neutrality.accounts.models import User
from neutrality.accounts.roles import Role
from neutrality.accounts.services import create_user, grant_role
from neutrality.audit.actor import NATIONAL, SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.elections.models import Contest, Election, Stage
from neutrality.law.codes import BodyKind
from neutrality.organisations.models import Office, ReferralBody, Region
from neutrality.organisations.selectors import body_for, office_for_region

pytestmark = pytest.mark.django_db
CHANGE = date(2027, 10, 16)
BEFORE = CHANGE - timedelta(days=1)
BODY = {
    "name": "Lembaga independen",
    "legal_basis": "MK 121/PUU-XXII/2024",
    "certainty": "UNCERTAIN",
}
BODIES = "/admin/organisations/referralbody/"
OFFICES = "/admin/organisations/office/"


@pytest.fixture
def administrator(db, clock):
    user = create_user(email="admin@contoh.id", name="Admin contoh", actor=SYSTEM, clock=clock)
    grant_role(
        user=user,
        role=Role.ADMIN,
        at=NATIONAL,
        starts_on=date(2024, 1, 1),
        actor=SYSTEM,
        clock=clock,
    )
    return user


@pytest.fixture
def enter(client, administrator, settings):
    """Fills in a page; asks twice, as the page does."""
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(administrator)

    def enter(url, data, said=None):
        asked = client.post(url, data)
        if said is None:
            return asked
        assert (asked.status_code, said in asked.content.decode()) == (200, True)
        done = client.post(url, {**data, "dikonfirmasi": "ya"})
        assert done.status_code == 302
        return client.get(done["Location"])

    return enter


def last_act(kind):
    row = AuditRow.objects.filter(subject_kind=kind).order_by("-pk")[0]
    return row.what, User.objects.get(pk=row.user_id).name


def civil_service(code):
    region = Region.objects.get(code=code)
    return [
        body_for(kind=BodyKind.CIVIL_SERVICE, region=region, day=d).path for d in (BEFORE, CHANGE)
    ]


def test_a_successor_is_entered_and_then_its_office_in_one_province(client, enter):
    former = ReferralBody.objects.get(path="BKN")
    assert "Masukkan penggantinya" in enter(f"{BODIES}{former.pk}/change/", {}).content.decode()
    data = {**BODY, "code": "LEMBAGA", "effective_on": CHANGE}
    page = enter(f"{BODIES}{former.pk}/ganti/", data, said="kantor di bawahnya berakhir juga")
    assert "Instansi pengganti dicatat." in page.content.decode()
    assert civil_service("35.71") == ["BKN/KANREG-02", "LEMBAGA"]
    assert last_act("referral_body") == ("body.succeed", "Admin contoh")
    office = {
        **BODY,
        "kind": "CIVIL_SERVICE",
        "parent": "LEMBAGA",
        "code": "WILAYAH-1",
        "valid_from": CHANGE,
        "regions": "35 34",
    }
    enter(f"{BODIES}add/", office, said="menerima penerusan sejak Sabtu, 16 Oktober 2027")
    assert civil_service("35.71") == ["BKN/KANREG-02", "LEMBAGA/WILAYAH-1"]
    assert civil_service("61.71")[1] == "LEMBAGA"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"regions": "35 99"}, "Kode wilayah tidak dikenal: 99."),
        ({"parent": "TIDAK-ADA"}, "Tidak ada instansi dengan jalur ini pada tanggal itu."),
        ({"parent": "KPU"}, "Instansi di atasnya harus berjenis sama."),
        ({"parent": ""}, "Masukkan sebagai pengganti."),
        ({"code": "KANREG-01", "dikonfirmasi": "ya"}, "Kode ini sudah dipakai pada masa itu."),
        ({"legal_basis": ""}, "errorlist"),
    ],
)
def test_a_body_that_cannot_be_is_refused_with_everything_still_there(enter, change, sentence):
    data = {
        **BODY,
        "kind": "CIVIL_SERVICE",
        "parent": "BKN",
        "code": "WILAYAH-1",
        "valid_from": CHANGE,
        "dikonfirmasi": "ya",
    }
    answer = enter(f"{BODIES}add/", {**data, **change})
    page = answer.content.decode()
    assert (answer.status_code, sentence in page, BODY["name"] in page) == (422, True, True)
    assert not ReferralBody.objects.filter(name=BODY["name"]).exists()


def test_a_body_ends_once(enter):
    ended = ReferralBody.objects.get(path="KASN")
    assert "Masukkan penggantinya" not in enter(f"{BODIES}{ended.pk}/change/", {}).content.decode()
    data = {**BODY, "code": "LEMBAGA", "effective_on": CHANGE, "dikonfirmasi": "ya"}
    answer = enter(f"{BODIES}{ended.pk}/ganti/", data)
    assert "Instansi tujuan tidak berlaku pada tanggal itu." in answer.content.decode()


def test_the_offices_of_districts_are_opened_and_one_is_closed_early(enter):
    data = {
        "parent": "35.71",
        "districts": "35.71.01 Mojoroto\r\n35.71.02 Kota\r\n",
        "members": 3,
        "valid_from": date(2029, 1, 8),
        "valid_until": date(2029, 12, 1),
        "decree": "Keputusan Bawaslu Kota contoh 1/2029",
    }
    outside = enter(f"{OFFICES}add/", {**data, "districts": "35.06.01 Semen"})
    assert (outside.status_code, "Kecamatan di luar wilayah ini" in outside.content.decode()) == (
        422,
        True,
    )
    enter(f"{OFFICES}add/", data, said="Mojoroto, Kota")
    office = office_for_region(region_code="35.71.01", day=date(2029, 6, 1))
    assert (office.name, office.parent.region.code) == ("Panwaslu Kecamatan Mojoroto", "35.71")
    assert Office.objects.filter(level="DISTRICT").count() == 2
    assert last_act("office") == ("office.open", "Admin contoh")
    again = enter(f"{OFFICES}add/", {**data, "dikonfirmasi": "ya"})
    assert "Kecamatan ini sudah mempunyai kantor pada masa itu." in again.content.decode()
    sooner = {"valid_until": date(2029, 7, 1), "decree": "Keputusan contoh 2/2029"}
    enter(f"{OFFICES}{office.pk}/tutup/", sooner, said="menjadi urusan kantor di atasnya")
    assert office_for_region(region_code="35.71.01", day=date(2029, 7, 1)).level == "CITY"
    assert last_act("office") == ("office.close", "Admin contoh")


def election(**change):
    return {
        "code": "pilkada-2029",
        "name": "Pilkada 2029",
        "regime": "PILKADA",
        "polling_on": date(2029, 11, 27),
        "valid_from": date(2029, 1, 26),
        "valid_until": date(2030, 3, 1),
        "decree": "PKPU contoh",
        "certainty": "INFERRED",
        "mayor_areas": "CITY",
        "mayor_only": "35.71 61.71",
        "mayor_name": "Wali Kota {name}",
        "mayor_code": "PW",
        "mayor_candidates": date(2029, 9, 22),
        "campaign_from": date(2029, 9, 25),
        "campaign_to": date(2029, 11, 23),
        "quiet_from": date(2029, 11, 24),
        "quiet_to": date(2029, 11, 26),
        **change,
    }


def test_an_election_is_announced_with_its_contests_and_stages(client, enter):
    enter("/admin/elections/election/add/", election(), said="formulir menerima laporan")
    one = Election.objects.get(code="pilkada-2029")
    contests = Contest.objects.filter(election=one).order_by("region__code")
    assert [(each.name, each.decree) for each in contests] == [
        ("Wali Kota Kediri", "PKPU contoh"),
        ("Wali Kota Pontianak", "PKPU contoh"),
    ]
    stages = Stage.objects.filter(election=one).order_by("starts_on")
    assert [each.kind for each in stages] == ["CAMPAIGN", "QUIET"]
    assert last_act("election") == ("election.announce", "Admin contoh")
    later = {
        "election": one.pk,
        "kind": "REGENT",
        "region": Region.objects.get(code="35.06").pk,
        "name": "Bupati Kediri",
        "number_code": "PB",
        "number_code_certainty": "MEMORY",
    }
    assert client.post("/admin/elections/contest/add/", later).status_code == 302
    assert Contest.objects.filter(election=one).count() == 3
    assert last_act("contest") == ("contest.add", "Admin contoh")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mayor_areas": ""}, "Pilih paling sedikit satu jenis"),
        ({"mayor_areas": "NATION"}, "Wilayah ini tidak cocok dengan jenisnya."),
        ({"mayor_code": ""}, "Isi kode jenis pada nomor laporan."),
        ({"mayor_name": "Wali Kota {nama}"}, "Hanya {name} dan {title}"),
        ({"mayor_only": "35.71 99.99"}, "Kode wilayah tidak dikenal: 99.99."),
        ({"quiet_to": ""}, "Isi kedua tanggal tahapan ini."),
        ({"quiet_to": date(2029, 11, 1)}, "Tanggal berakhir mendahului tanggal mulai."),
        ({"polling_on": date(2031, 1, 1)}, "harus di antara kedua tanggal"),
    ],
)
def test_an_election_that_cannot_be_is_refused_beside_the_field(enter, change, sentence):
    answer = enter("/admin/elections/election/add/", election(**change))
    page = answer.content.decode()
    assert (answer.status_code, sentence in page, "Pilkada 2029" in page) == (422, True, True)
    assert not Election.objects.filter(code="pilkada-2029").exists()
