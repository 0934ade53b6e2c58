"""Each side finds its own items and nobody else's; what it may do there, it can."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.codes import ReferralState
from complaints.models import Addressee, ExternalNumber, ReferralItem
from complaints.workflow.actions import ReferralAction as A
from neutrality.casework.models import Step
from neutrality.documents.models import Document
from neutrality.organisations.models import ReferralBody
from tests.complaints import factories as make
from tests.complaints.referral.scene import Scene, agency, kanreg

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def scene():
    """One item sent about a respondent of the example city."""
    made = Scene(employer=agency())
    (made.item,) = made.send()
    return made


def people(scene):
    """Return one person for each role at the own, a neighbouring and a foreign organisation."""
    foreign = agency("kota-lain", "Pemerintah Kota Lain", "61.71")
    return {
        "handler": make.user("A", "handler", office=scene.office),
        "province": make.user("B", "supervisor", office=make.office("35")),
        "neighbour": make.user("C", "handler", office=make.office("35.06")),
        "liaison": make.user("D", "liaison", body=kanreg()),
        "head of the body": make.user("E", "liaison", body=ReferralBody.objects.get(code="BKN")),
        "other region": make.user("F", "liaison", body=ReferralBody.objects.get(code="KANREG-03")),
        "other body": make.user("G", "liaison", body=ReferralBody.objects.get(code="TNI")),
        "discipline": make.user("H", "hr_discipline", agency=scene.agency),
        "pledges": make.user("I", "hr_pledges", agency=scene.agency),
        "examiner": make.user("J", "examiner", agency=scene.agency),
        "foreign agency": make.user("K", "hr_discipline", agency=foreign),
    }


def statuses(scene, browser_of, who):
    rooms = ("/petugas/penerusan", "/instansi", "/kepegawaian/disiplin")
    paths = [f"{room}/{scene.item.public_id}/" for room in rooms]
    return {
        name: tuple(browser_of(person).get(path).status_code for path in paths)
        for name, person in who.items()
    }


def test_before_the_recommendation_only_office_and_body_find_the_item(scene, browser_of, travel):
    travel(18, 12)
    assert statuses(scene, browser_of, people(scene)) == {
        "handler": (200, 404, 404),
        "province": (200, 404, 404),
        "neighbour": (404, 404, 404),
        "liaison": (404, 200, 404),
        "head of the body": (404, 200, 404),
        "other region": (404, 404, 404),
        "other body": (404, 404, 404),
        "discipline": (404, 404, 404),
        "pledges": (404, 404, 404),
        "examiner": (404, 404, 404),
        "foreign agency": (404, 404, 404),
    }


def test_from_the_recommendation_on_the_own_agency_finds_it_too(scene, browser_of, travel):
    scene.recommend(scene.item)
    travel(19, 12)
    who = {
        name: person
        for name, person in people(scene).items()
        if name in {"discipline", "pledges", "examiner", "foreign agency"}
    }
    assert statuses(scene, browser_of, who) == {
        "discipline": (404, 404, 200),
        "pledges": (404, 404, 404),
        "examiner": (404, 404, 404),
        "foreign agency": (404, 404, 404),
    }


@pytest.mark.parametrize("path", ["/petugas/penerusan/", "/instansi/", "/kepegawaian/disiplin/"])
@pytest.mark.parametrize("view", ["", "lewat", "semua", "SENT", "TIDAK-ADA"])
def test_the_queue_shows_what_the_side_may_see(scene, browser_of, travel, path, view):
    scene.recommend(scene.item)
    person = {
        "/petugas/penerusan/": scene.handler_user,
        "/instansi/": make.user("D", "liaison", body=kanreg()),
        "/kepegawaian/disiplin/": make.user("H", "hr_discipline", agency=scene.agency),
    }[path]
    travel(19, 12)
    page = browser_of(person).get(path, {"tampilan": view}).content.decode()
    assert ("Lurah contoh" in page) == (view in {"", "semua", "TIDAK-ADA"})


def test_a_queue_costs_the_same_for_one_row_and_for_three(
    scene, browser_of, travel, django_assert_num_queries
):
    travel(18, 12)
    person = make.user("D", "liaison", body=kanreg())
    browser = browser_of(person)
    browser.get("/instansi/")
    with django_assert_num_queries(5):
        browser.get("/instansi/")
    scene.another_respondent("Camat contoh", scene.agency)
    scene.another_respondent("Guru contoh", None)
    scene.send()
    with django_assert_num_queries(5):
        page = browser.get("/instansi/").content.decode()
    assert page.count('<th scope="row">') == 3


def test_a_letter_of_the_body_is_recorded_with_its_file(scene, browser_of, travel):
    travel(19, 9)
    browser = browser_of(scene.handler_user)
    url = f"/petugas/penerusan/{scene.item.public_id}/langkah/RECORD_ACKNOWLEDGE/"
    assert browser.get(url).status_code == 200
    answer = browser.post(
        url,
        {
            "pihak": "Kantor Regional contoh",
            "nomor_surat": "TT-1",
            "tanggal_surat": "2025-06-19",
            "berkas_surat": SimpleUploadedFile("surat.pdf", PDF, "application/pdf"),
            "versi": "1",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    step = Step.objects.get(subject_kind="referral_item", action=A.RECORD_ACKNOWLEDGE)
    assert step.source_document_id is not None
    letter = Document.objects.get(pk=step.source_document_id)
    assert (step.acting_party, letter.role, letter.number) == (
        "Kantor Regional contoh",
        "STATUS_NOTICE",
        "TT-1",
    )
    page = browser.get(f"/petugas/penerusan/{scene.item.public_id}/dokumen/{letter.public_id}/")
    assert page.content == PDF


def test_what_is_no_pdf_is_not_filed(scene, browser_of, travel):
    travel(19, 9)
    answer = browser_of(scene.handler_user).post(
        f"/petugas/penerusan/{scene.item.public_id}/langkah/RECORD_ACKNOWLEDGE/",
        {
            "pihak": "Kantor Regional contoh",
            "nomor_surat": "TT-1",
            "tanggal_surat": "2025-06-19",
            "berkas_surat": SimpleUploadedFile("surat.pdf", b"MZ", "application/pdf"),
            "versi": "1",
        },
    )
    page = answer.content.decode()
    assert (answer.status_code, "bukan PDF" in page, 'value="TT-1"' in page) == (422, True, True)
    assert ReferralItem.objects.get().state == ReferralState.SENT


def test_the_body_confirms_what_was_recorded_for_it_and_another_cannot(scene, browser_of, travel):
    scene.recorded(scene.item, A.RECORD_ACKNOWLEDGE, make.at(19, 9))
    step = Step.objects.get(subject_kind="referral_item", action=A.RECORD_ACKNOWLEDGE)
    travel(19, 10)
    url = f"/instansi/{scene.item.public_id}/konfirmasi/{step.pk}/"
    other = make.user("F", "liaison", body=ReferralBody.objects.get(code="KANREG-03"))
    assert browser_of(other).post(url).status_code == 404
    own = browser_of(make.user("D", "liaison", body=kanreg()))
    page = own.get(f"/instansi/{scene.item.public_id}/").content.decode()
    assert "Dicatat atas nama instansi Anda" in page
    assert own.post(url).status_code == 302
    step.refresh_from_db()
    assert step.confirmed_at is not None
    own.post(url)
    assert Step.objects.get(pk=step.pk).confirmed_by_id == step.confirmed_by_id


def test_the_liaison_acknowledges_and_recommends_in_the_browser(scene, browser_of, travel):
    browser = browser_of(make.user("D", "liaison", body=kanreg()))
    travel(19, 9)
    base = f"/instansi/{scene.item.public_id}/langkah"
    assert browser.post(f"{base}/ACKNOWLEDGE/", {"versi": "1"}).status_code == 302
    given = {
        "nomor_surat": "R-7/2025",
        "tanggal_surat": "2025-06-19",
        "jenis_sanksi": "HEAVY",
        "versi": "2",
    }
    assert browser.get(f"{base}/RECOMMEND/").status_code == 200
    answer = browser.post(f"{base}/RECOMMEND/", given)
    assert answer.status_code == 302, answer.content.decode()
    scene.item.refresh_from_db()
    assert (scene.item.state, scene.item.recommendation_number) == ("RECOMMENDED", "R-7/2025")
    present = Addressee.objects.get(item=scene.item, until_at__isnull=True)
    assert present.agency == scene.agency


def test_a_stale_page_is_told_what_changed(scene, browser_of, travel):
    scene.recorded(scene.item, A.RECORD_ACKNOWLEDGE, make.at(19, 9))
    travel(19, 10)
    browser = browser_of(make.user("D", "liaison", body=kanreg()))
    answer = browser.post(f"/instansi/{scene.item.public_id}/langkah/ACKNOWLEDGE/", {"versi": "1"})
    assert answer.status_code == 409
    assert "Catat tanda terima instansi" in answer.content.decode()


def test_a_return_needs_its_reason(scene, browser_of, travel):
    travel(19, 9)
    browser = browser_of(make.user("D", "liaison", body=kanreg()))
    answer = browser.post(f"/instansi/{scene.item.public_id}/langkah/RETURN/", {"versi": "1"})
    assert answer.status_code == 422
    assert "Tuliskan alasannya." in answer.content.decode()


def test_a_returned_item_goes_again_to_the_body_in_force(scene, browser_of, travel):
    ReferralItem.objects.filter(pk=scene.item.pk).update(
        body=ReferralBody.objects.get(code="KASN"), body_path="KASN"
    )
    Addressee.objects.filter(item=scene.item).update(body=ReferralBody.objects.get(code="KASN"))
    scene.recorded(scene.item, A.RECORD_RETURN, make.at(19, 9), reason="Kurang lengkap.")
    travel(19, 10)
    answer = browser_of(scene.handler_user).post(
        f"/petugas/penerusan/{scene.item.public_id}/langkah/RESEND/",
        {"kanal": "EMAIL", "salinan": [scene.copy.public_id], "versi": "2"},
    )
    assert answer.status_code == 302, answer.content.decode()
    scene.item.refresh_from_db()
    versions = list(scene.item.packages.order_by("version").values_list("version", "body__code"))
    assert (scene.item.state, scene.item.body) == ("SENT", kanreg())
    assert versions == [(1, "KANREG-02"), (2, "KANREG-02")]
    assert list(
        Addressee.objects.filter(item=scene.item)
        .order_by("from_at", "pk")
        .values_list("body__code", flat=True)
    ) == ["KASN", "KANREG-02"]


def test_an_external_number_is_noted_once(scene, browser_of, travel):
    travel(19, 9)
    browser = browser_of(make.user("D", "liaison", body=kanreg()))
    url = f"/instansi/{scene.item.public_id}/nomor/"
    given = {"sistem": "SBT", "nomor": "SBT-77", "tanggal": "2025-06-19"}
    assert [browser.post(url, given).status_code for _ in range(2)] == [302, 422]
    assert browser.post(url, {**given, "tanggal": "2099-01-01"}).status_code == 422
    assert ExternalNumber.objects.get().number == "SBT-77"


def test_the_arrival_of_a_package_is_proven_once(scene, browser_of, travel):
    package = scene.item.packages.get()
    travel(19, 9)
    browser = browser_of(scene.handler_user)
    url = f"/petugas/penerusan/{scene.item.public_id}/paket/{package.public_id}/tiba/"
    assert browser.post(url, {"tanggal": "2025-06-17", "bukti": "Resi 1"}).status_code == 422
    given = {"tanggal": "2025-06-19", "bukti": "Resi 1"}
    assert [browser.post(url, given).status_code for _ in range(2)] == [302, 422]
    package.refresh_from_db()
    assert (package.delivery_proof, package.received_by_id) == ("Resi 1", scene.handler_user.pk)


def test_an_agency_addressed_directly_acts_itself(browser_of, travel):
    scene = Scene(kind="NON_ASN", employer=agency())
    (item,) = scene.send()
    travel(19, 9)
    browser = browser_of(make.user("H", "hr_discipline", agency=scene.agency))
    base = f"/kepegawaian/disiplin/{item.public_id}/langkah"
    assert browser.post(f"{base}/ACKNOWLEDGE/", {"versi": "1"}).status_code == 302
    assert browser.post(f"{base}/START_FOLLOW_UP/", {"versi": "2"}).status_code == 302
    item.refresh_from_db()
    assert item.state == ReferralState.FOLLOW_UP


def test_an_informed_agency_does_not_act_for_the_body(browser_of, travel):
    scene = Scene(employer=agency())
    (item,) = scene.send(inform_agencies=True)
    travel(19, 9)
    browser = browser_of(make.user("H", "hr_discipline", agency=scene.agency))
    answer = browser.post(
        f"/kepegawaian/disiplin/{item.public_id}/langkah/ACKNOWLEDGE/", {"versi": "1"}
    )
    item.refresh_from_db()
    assert (answer.status_code, item.state) == (422, ReferralState.SENT)
