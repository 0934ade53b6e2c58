"""The auditor's pages: who gets in, what they show, what they never show, what they prove."""

import json
import re
from hashlib import sha256

import pytest
from django.utils import translation

from complaints.selectors.audit_words import event_words, state_words
from complaints.services.lodge import lodge_report
from neutrality import env
from neutrality.accounts.models import Relation
from neutrality.accounts.roles import Role
from neutrality.audit.actor import CITIZEN
from neutrality.audit.merkle import leaf_hash, root_from
from neutrality.audit.models import AccessRow, AuditRow, Verification
from neutrality.audit.record import record_access
from neutrality.audit.seals import seal_new_rows
from neutrality.audit.tasks import verify_on_demand
from neutrality.audit.verifications import GIVEN_UP_AFTER, request_verification
from neutrality.law.clock import Clock
from neutrality.organisations.models import Agency
from neutrality.vault.services import open_identity
from tests.complaints import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
CLOCK = make.at(16)


@pytest.fixture(autouse=True)
def _door(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    with translation.override("id"):
        yield


@pytest.fixture
def report():
    return lodge_report(given=make.lodging(), actor=CITIZEN, clock=CLOCK)


@pytest.fixture
def auditor():
    return make.user("Auditor contoh", Role.AUDITOR, is_national=True)


@pytest.fixture
def supervisor():
    return make.user("Ketua contoh", Role.SUPERVISOR, office=make.office("35"))


@pytest.fixture
def elsewhere():
    return make.user("Ketua lain", Role.SUPERVISOR, office=make.office("61"))


def pages(report):
    row = AuditRow.objects.filter(subject_kind="report").order_by("pk").first()
    return {
        "home": "/petugas/audit/",
        "history": f"/petugas/audit/objek/report/{report.pk}/",
        "reads": f"/petugas/audit/objek/report/{report.pk}/akses/",
        "access": "/petugas/audit/akses/",
        "openings": "/petugas/audit/pembukaan/",
        "seals": "/petugas/audit/segel/",
        "proof": f"/petugas/audit/baris/record/{row.pk}/",
    }


def test_auditors_and_supervisors_above_read_and_others_find_nothing(
    client, report, auditor, supervisor, elsewhere
):
    everywhere = dict.fromkeys(pages(report), 200)
    own = {**everywhere, "history": 404, "reads": 404, "proof": 404}
    handler = make.user("Staf contoh", Role.HANDLER, office=make.office())
    expected = [(auditor, everywhere), (supervisor, everywhere), (elsewhere, own)]
    for user, answers in [*expected, (handler, dict.fromkeys(everywhere, 404))]:
        client.force_login(user)
        got = {name: client.get(url).status_code for name, url in pages(report).items()}
        assert (user.name, got) == (user.name, answers)


def test_no_page_shows_what_the_case_is_about(client, report, auditor):
    client.force_login(auditor)
    html = "".join(client.get(url).content.decode() for url in pages(report).values())
    secrets = ["Lurah", "pose dua jari", "Warga contoh", "3571014101900001", "Kelurahan"]
    assert [secret for secret in secrets if secret in html] == []


def test_a_declared_relation_hides_the_history_too(client, report, supervisor):
    agency = Agency.objects.create(code="K", path="K", name="Kota Contoh", kind="CITY")
    report.matter.parties.filter(kind="RESPONDENT").update(agency=agency)
    Relation.objects.create(
        user=supervisor,
        agency=agency,
        kind="workplace",
        valid_from="2020-01-01",
        declared_by=supervisor,
        declared_at=CLOCK.now,
    )
    client.force_login(supervisor)
    assert client.get(pages(report)["history"]).status_code == 404
    assert client.get("/petugas/audit/", {"cari": report.public_id}).context["found"] == []


def test_a_subject_is_found_by_its_numbers_and_a_person_by_the_address(
    client, report, auditor, supervisor, elsewhere
):
    client.force_login(auditor)
    for text in (report.public_id, report.receipt_number.lower()):
        found = client.get("/petugas/audit/", {"cari": f" {text} "}).context["found"]
        assert [(one.kind, one.id) for one in found] == [("report", report.pk)]
    found = client.get("/petugas/audit/", {"cari": supervisor.email.upper()}).context["found"]
    assert [(one.kind, one.id) for one in found] == [("user", supervisor.pk)]
    assert client.get(f"/petugas/audit/orang/{supervisor.pk}/").status_code == 200

    client.force_login(elsewhere)
    for text in (report.public_id, supervisor.email):
        assert client.get("/petugas/audit/", {"cari": text}).context["found"] == []
    assert client.get(f"/petugas/audit/orang/{supervisor.pk}/").status_code == 404
    assert client.get(f"/petugas/audit/objek/user/{supervisor.pk}/").status_code == 404
    assert client.get("/petugas/audit/objek/document/1/").status_code == 404


def test_reading_a_history_is_read_in_the_access_log(client, report, supervisor):
    client.force_login(supervisor)
    client.get(pages(report)["history"])
    row = AccessRow.objects.get()
    assert (row.what, row.subject_kind, row.subject_id, row.user_id) == (
        "audit.history",
        "report",
        report.pk,
        supervisor.pk,
    )
    shown = client.get(pages(report)["access"]).context["rows"]
    assert [(line.what, line.by, line.role) for line in shown] == [
        ("audit.history", "Ketua contoh", "Ketua atau pengawas")
    ]


def test_openings_show_who_and_why_to_those_above(client, report, supervisor, elsewhere):
    intake = make.actor("Penerima contoh", "intake", office=make.office())
    identity = report.matter.parties.get(kind="REPORTER").identity_id
    open_identity(
        identity_id=identity,
        reason="Menyusun tanda terima",
        subject=report.ref(),
        actor=intake,
        clock=CLOCK,
    )
    client.force_login(supervisor)
    shown = client.get(pages(report)["openings"]).context["rows"]
    told = [(row.by, row.place, row.reason) for row in shown]
    assert told == [("Penerima contoh", make.office().name, "Menyusun tanda terima")]
    client.force_login(elsewhere)
    assert client.get(pages(report)["openings"]).context["rows"] == []


def test_a_row_is_proved_on_the_page_and_by_anybody_with_the_file(client, report, auditor):
    client.force_login(auditor)
    url = pages(report)["proof"]
    assert "belum disegel" in client.get(url).content.decode()
    assert client.get(f"{url}bukti.json").status_code == 404

    seal_new_rows(clock=CLOCK)
    assert client.get(url).context["is_included"]
    proof = json.loads(client.get(f"{url}bukti.json").content)
    assert sha256(proof["row"].encode()).hexdigest() == proof["row_hash"]
    root = root_from(
        leaf=leaf_hash(bytes.fromhex(proof["row_hash"])),
        index=proof["leaf_index"],
        size=proof["tree_size"],
        path=[bytes.fromhex(one) for one in proof["path"]],
    )
    assert root.hex() == json.loads(proof["seal"])[5]
    assert client.get("/petugas/audit/baris/record/999999/").status_code == 404
    assert client.get("/petugas/audit/baris/lain/1/").status_code == 404


def test_a_proof_is_asked_for_made_by_a_worker_and_kept(client, report, auditor):
    seal_new_rows(clock=CLOCK)
    client.force_login(auditor)
    assert "Belum dibuktikan" in client.get("/petugas/audit/segel/").content.decode()
    assert client.post("/petugas/audit/segel/buktikan/")["Location"] == "/petugas/audit/segel/"
    assert client.post("/petugas/audit/segel/buktikan/").status_code == 302
    asked = list(Verification.objects.order_by("stream").values_list("stream", "finished_at"))
    assert asked == [("access", None), ("record", None)]
    assert client.get("/petugas/audit/segel/").context["running"]

    for row in Verification.objects.all():
        verify_on_demand(row.pk)
        verify_on_demand(row.pk)

    page = client.get("/petugas/audit/segel/")
    assert (page.context["running"], [row.state for row in page.context["rows"]]) == (
        False,
        ["Terbukti utuh"],
    )


def test_a_failed_proof_names_what_fails(client, report, auditor, superuser_rewrites):
    seal_new_rows(clock=CLOCK)
    superuser_rewrites("UPDATE audit_seal SET signature = sha256('x') || sha256('y')")
    asker = make.actor("Auditor contoh", Role.AUDITOR, is_national=True)
    for row in request_verification(actor=asker, clock=CLOCK):
        verify_on_demand(row.pk)
    client.force_login(auditor)
    page = client.get("/petugas/audit/segel/")
    assert [row.state for row in page.context["rows"]] == ["Gagal dibuktikan"]
    assert "its signature is not ours" in page.content.decode()


def test_a_proof_whose_worker_died_can_be_asked_for_again():
    asker = make.actor("Auditor contoh", Role.AUDITOR, is_national=True)
    first = request_verification(actor=asker, clock=CLOCK)
    assert request_verification(actor=asker, clock=CLOCK) == []
    later = Clock(now=CLOCK.now + GIVEN_UP_AFTER)
    again = request_verification(actor=asker, clock=later)
    assert len({row.pk for row in (*first, *again)}) == 4
    assert Verification.objects.filter(failure="It did not finish.").count() == 2


@pytest.mark.parametrize(("name", "queries"), [("history", 8), ("access", 6), ("seals", 6)])
def test_a_page_costs_the_same_for_one_row_and_for_many(
    name, queries, client, report, auditor, django_assert_num_queries
):
    client.force_login(auditor)
    reader = make.actor("Staf contoh", Role.HANDLER, office=make.office())
    for rows in (1, 30):
        for _each in range(rows):
            record_access(what="report.view", subject=report.ref(), actor=reader, clock=CLOCK)
        seal_new_rows(clock=CLOCK)
        with django_assert_num_queries(queries):
            client.get(pages(report)[name])


def test_every_event_of_the_record_has_a_name_that_people_read():
    named = re.compile(r'what=f?"([a-z_.]+)"')
    apps = (env.BASE_DIR / app for app in ("complaints", "pledges", "neutrality"))
    files = [path for app in apps for path in app.rglob("*.py")]
    written = {what for path in files for what in named.findall(path.read_text(encoding="utf-8"))}
    assert len(written) > 50
    assert {what for what in written if event_words(what) == what} == set()


def test_a_state_is_named_by_what_it_is_a_state_of():
    said = [
        state_words(what=what, kind="matter", state=state)
        for what, state in (
            ("case.ASSESS", "ASSESSMENT"),
            ("clarification.hold", "HELD"),
            ("plenary.decide", "ADOPTED"),
            ("evidence.examine", "whatever it was called then"),
        )
    ]
    assert said == ["Kajian", "Terlaksana", "Disetujui", "whatever it was called then"]
