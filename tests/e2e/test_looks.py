"""Every page near and far, light and dark, in both languages: axe finds nothing, nothing sticks out.

The journey looks at the staff's pages by daylight in Indonesian; here they are looked at by night,
and those of the public in every way.
"""

import pytest
import time_machine
from django.test import Client

from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.accounts.actors import actor_of
from neutrality.casework.engine import apply
from neutrality.casework.workflow import StepContext
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene as CaseScene
from tests.complaints.public import journey
from tests.complaints.public.mailboxes import changed_code, tip_with_code
from tests.complaints.staff.scene import Scene

pytestmark = pytest.mark.django_db(transaction=True)
OPEN = (
    "/",
    "/panduan/",
    "/panduan/?cari=zzz",
    "/panduan/bolehkah/",
    "/panduan/bolehkah/diajak-berfoto/",
    "/panduan/bolehkah/uji/",
    "/publikasi/",
    "/data/",
    "/verifikasi/",
    "/lacak/",
    "/undangan/",
    "/lapor/",
    "/lapor/lanjut/",
    "/akun/login/",
)
QUESTIONS = (
    *("perbuatan", "uraian", "waktu", "tempat", "kantor", "terlapor", "terlapor/1", "rekan"),
    *("pemilihan", "bukti", "saksi", "saksi/1", "sebagai", "identitas", "kontak", "tandatangan"),
    *("periksa", "kirim"),
)
# Questions with one field of each kind, sent empty.
MISSING = ("perbuatan", "uraian", "waktu", "tempat", "terlapor/1", "identitas", "kontak", "kirim")
MAILBOX = (
    *("", "tenggat/", "cabut/", "pesan/", "kabar/", "data/", "data/alamat/", "data/permintaan/"),
    *("kuasa/", "kode/"),
)
ROOM = ("", "pesan/", "kabar/", "data/", "kuasa/")
STAFF = (
    *("/petugas/", "/petugas/laporan/", "/petugas/laporan/baru/", "/petugas/informasi/"),
    *("/petugas/perkara/", "/petugas/pleno/", "/petugas/penerusan/", "/petugas/kalender/"),
)
HEAD = ("/petugas/kantor/", "/petugas/penerbitan/", "/petugas/penerbitan/baru/", "/akun/peran/")


# No language, no name for the picture, pale words, and wider than a phone and a tablet.
WRONG = (
    "<!doctype html><title>Contoh</title><meta name=viewport content='width=device-width'>"
    "<main style='width: 1000px'><h1>Contoh</h1><img src='data:,'>"
    "<p style='color: #bbb; background: #fff'>Pucat</p></main>"
)


@pytest.fixture(autouse=True)
def _stage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(make.at(16, 9).now, tick=True):
        yield


@pytest.mark.parametrize("looker", ["id"], indirect=True)
def test_what_is_wrong_with_a_page_is_noted_for_each_way_of_looking(looker):
    looker.page.route("**/verifikasi/", lambda route: route.fulfill(body=WRONG))
    looker.look("/verifikasi/")
    found = {(way, rule) for _path, way, rule, _where in looker.found}
    wide, pale = "wider than the screen", "color-contrast"
    assert found == {
        *(("phone", rule) for rule in ("html-has-lang", "image-alt", pale, wide)),
        *(("phone by night", rule) for rule in (pale, wide)),
        *(("desktop by night", rule) for rule in (pale,)),
        *(("tablet", rule) for rule in (wide,)),
        *(("desktop", rule) for rule in (pale,)),
    }


@pytest.mark.parametrize("looker", ["id", "en"], indirect=True)
def test_the_pages_of_the_public_are_in_order(looker):
    citizen = Client()
    for path in OPEN:
        looker.look(path)
    looker.look("/tidak-ada/", status=404)
    code = journey.begin(citizen)
    journey.fill(citizen, contest=str(make.contest().pk))
    looker.be(citizen)
    for step in QUESTIONS:
        looker.look(f"/lapor/{step}/")
    for step in MISSING:
        looker.refuse(f"/lapor/{step}/")
    citizen.post("/lapor/kirim/", {"benar": "on"})
    looker.be(citizen)
    looker.look("/lapor/selesai/")
    citizen.post("/lacak/", {"kode": code.text})
    citizen.post("/lacak/laporan/data/", {"kode": code.text})
    looker.be(citizen)
    for path in MAILBOX:
        looker.look(f"/lacak/laporan/{path}")
    assert looker.found == []


def _begin_review(scene, report):
    for action, user, data in (
        (ReportAction.RECEIVE, scene.intake, {"identity_check": "COUNTER"}),
        (ReportAction.START_REVIEW, scene.handler, {}),
    ):
        clock = make.at(16, 15)
        apply(
            workflow=REPORT,
            action=action,
            subject_id=report.pk,
            actor=actor_of(user=user, day=clock.now.date()),
            clock=clock,
            context=StepContext(data=data),
        )


@pytest.mark.parametrize("looker", ["en"], indirect=True)
def test_the_pages_of_an_office_are_in_order(looker):
    scene = Scene()
    report, tip = scene.report(contest=make.contest()), scene.tip()
    looker.be(_logged_in(scene.intake))
    for path in (*STAFF, f"/petugas/laporan/{report.public_id}/"):
        looker.look(path)
    looker.be(_logged_in(scene.handler))
    looker.look(f"/petugas/informasi/{tip.public_id}/")
    _begin_review(scene, report)
    looker.look(f"/petugas/laporan/{report.public_id}/syarat/")
    looker.be(_logged_in(scene.head))
    for path in HEAD:
        looker.look(path)
    assert looker.found == []


@pytest.mark.parametrize("looker", ["id", "en"], indirect=True)
def test_the_room_of_somebody_invited_and_what_is_missing_are_in_order(looker):
    scene = CaseScene()
    planned = scene.session(scene.respondent, start=make.at(19, 9).now, end=make.at(19, 11).now)
    guest = Client()
    guest.post("/undangan/", {"kode": planned.code.text})
    changed_code(guest, "/undangan/saya/kode/")
    looker.be(guest)
    for path in ROOM:
        looker.look(f"/undangan/saya/{path}")
    _tip, informant, _code = tip_with_code()
    looker.be(informant)
    looker.look("/lacak/laporan/identitas/")
    looker.look("/lacak/laporan/kabar/")
    assert looker.found == []


def _logged_in(user):
    client = Client()
    client.force_login(user)
    return client
