"""An HR officer hands in a roster, decides, confirms; systems do the same by the API."""

import codecs
import csv
import io
import json
import zipfile
from datetime import date

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.personnel.codes import Assignment, ImportState as S, NumberKind
from neutrality.personnel.models import Employment, Person, RosterImport, RosterRow, RosterToken
from neutrality.personnel.services.numbers import add_number
from pledges.codes import ObligationState
from pledges.models import Absence, Obligation
from pledges.roster_progress import tell_progress
from tests.personnel.roster.sheets import csv_of, nip, person, xlsx_of
from tests.pledges import factories

pytestmark = pytest.mark.django_db
DAY = "2026-11-15"


@pytest.fixture(autouse=True)
def _at_once(settings, tmp_path, time_machine):
    """No second factor; tasks run at once; files in a folder of their own."""
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to("2026-11-20T05:00:00Z", tick=False)
    conf = current_app.conf
    before, conf.task_always_eager = conf.task_always_eager, True
    yield
    conf.task_always_eager = before


@pytest.fixture
def officer(city, client):
    """An HR officer who is logged in."""
    account = factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency)
    client.force_login(account)
    return client


def upload(officer, city, data, name="pegawai.csv"):
    file = SimpleUploadedFile(name, data)
    given = {"instansi": city.agency.pk, "berkas": file, "per_tanggal": DAY, "cakupan": ""}
    answer = officer.post(reverse("roster:upload"), given)
    return answer, RosterImport.objects.order_by("-pk").first()


def mapped(place, **change):
    chosen = {
        "number": "NIP",
        "name": "NAMA",
        "unit_code": "KODE UNIT",
        "position": "JABATAN",
        "class": "JENIS JABATAN",
        "kind": "STATUS",
        "grade": "GOL",
    }
    return reverse("roster:columns", args=[place.public_id]), {**chosen, **change}


def at(name, place):
    return reverse(f"roster:{name}", args=[place.public_id])


def handed_in(officer, city, rows):
    """A file that was read and waits for a person."""
    _answer, place = upload(officer, city, csv_of(rows))
    officer.post(*mapped(place))
    place.refresh_from_db()
    return place


def rows_of(city, *serials):
    return [person(serial, city.board.code) for serial in serials]


def test_from_the_file_to_the_roster(officer, city):
    answer, place = upload(officer, city, csv_of(rows_of(city, 1, 2)))
    preview = officer.get(answer["Location"]).content.decode()
    assert answer["Location"] == at("columns", place)
    assert nip(1) not in preview
    assert f"{nip(1)[:4]}••••" in preview

    officer.post(*mapped(place))
    page = officer.get(at("import", place)).content.decode()
    listed = officer.get(reverse("roster:changes", args=[place.public_id, "NEW"])).content.decode()
    assert "Baru: 2" in page
    assert "Pegawai Contoh 2" in listed

    officer.post(at("confirm", place))
    place.refresh_from_db()
    assert place.state == S.APPLIED
    assert Person.objects.filter(name__startswith="Pegawai Contoh ").count() == 2
    assert officer.get(at("import", place)).status_code == 200


def test_an_xlsx_is_read_by_a_process_of_its_own(officer, city):
    _answer, place = upload(officer, city, xlsx_of(rows_of(city, 1, 2)), "pegawai.xlsx")
    officer.post(*mapped(place))
    place.refresh_from_db()

    assert (place.file_kind, place.figures["changes"]) == ("XLSX", {"NEW": 2})


def test_a_file_that_is_no_table_is_refused_with_a_sentence(officer, city):
    answer, place = upload(officer, city, b"\x89PNG\r\n\x1a\n" + bytes(100))

    assert (answer.status_code, place) == (422, None)
    assert "bukan CSV dan bukan XLSX" in answer.content.decode()


def test_columns_that_are_missing_or_chosen_twice_are_asked_again(officer, city):
    _answer, place = upload(officer, city, csv_of(rows_of(city, 1)))

    unnumbered = officer.post(*mapped(place, number=""))
    missing = officer.post(*mapped(place, unit_code=""))
    twice = officer.post(*mapped(place, name="NIP"))

    assert [each.status_code for each in (unnumbered, missing, twice)] == [422] * 3
    assert "Pilih kolom untuk ini" in unnumbered.content.decode()
    assert "Petakan nomor" in missing.content.decode()
    assert "Satu kolom dipilih" in twice.content.decode()


def test_the_mapping_is_proposed_next_time(officer, city):
    rows = [{"Siapa": row["NAMA"], **row} for row in rows_of(city, 1)]
    _answer, place = upload(officer, city, csv_of(rows))
    officer.post(*mapped(place, name="Siapa"))
    _answer, again = upload(officer, city, csv_of(rows))

    page = officer.get(at("columns", again)).content.decode()

    assert '<option value="Siapa" selected>' in page


def test_the_page_of_progress_asks_for_a_reload_when_it_is_done(officer, city):
    _answer, place = upload(officer, city, csv_of(rows_of(city, 1)))
    RosterImport.objects.filter(pk=place.pk).update(state=S.READING)
    tell_progress(place.pk, 150_000)
    working = officer.get(at("progress", place))
    RosterImport.objects.filter(pk=place.pk).update(state=S.UPLOADED)
    done = officer.get(at("progress", place))

    assert "hx-get" in working.content.decode()
    assert "150.000 baris sudah dibaca" in working.content.decode()
    assert done.headers["HX-Refresh"] == "true"


def test_mistakes_come_back_as_the_same_file_with_reasons(officer, city):
    rows = [
        *rows_of(city, 1, 3, 4),
        person(2, city.board.code, NIP="1,98609E+17", NAMA="=HYPERLINK(1)"),
    ]
    place = handed_in(officer, city, rows)

    answer = officer.post(at("errors", place))
    told = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))

    assert [row[0][:20] for row in told] == [
        "Alasan tidak diterap",
        "",
        "",
        "",
        "Excel mengubah nomor",
    ]
    assert told[4][1:3] == ["1,98609E+17", "'=HYPERLINK(1)"]


@pytest.mark.parametrize(
    ("separator", "encoding", "charset"),
    [
        (";", "cp1252", "windows-1252"),
        ("\t", "utf-16", "utf-16"),
        (",", "utf-8-sig", "utf-8"),
        ("|", "utf-8", "utf-8"),
    ],
)
def test_the_file_comes_back_as_it_came_with_its_titles_also_after_it_was_applied(
    officer, city, separator, encoding, charset
):
    rows = [person(1, city.board.code, NAMA="Pegawai Contoh Café"), person(2, "", NIP="123")]
    titles = f"DAFTAR PEGAWAI{separator}Kota Contoh\r\n\r\n"
    data = (titles + csv_of(rows, separator=separator).decode()).encode(encoding)
    _answer, place = upload(officer, city, data)
    officer.post(*mapped(place))
    waiting = officer.post(at("errors", place))
    before = b"".join(waiting)
    officer.post(at("confirm", place))
    place.refresh_from_db()

    page = officer.get(at("import", place)).content.decode()
    after = b"".join(officer.post(at("errors", place)))

    assert (place.state, waiting["Content-Type"]) == (S.APPLIED, f"text/csv; charset={charset}")
    assert "Unduh berkas dengan alasan per baris" in page
    assert after == before
    told = list(csv.reader(io.StringIO(after.decode(encoding)), delimiter=separator))
    assert told[0][:3] == ["", "DAFTAR PEGAWAI", "Kota Contoh"]
    assert told[2][:3] == ["Alasan tidak diterapkan", "NIP", "NAMA"]
    assert [row[2] for row in told[3:]] == ["Pegawai Contoh Café", "Pegawai Contoh 2"]
    assert [bool(row[0]) for row in told[3:]] == [False, True]
    assert encoding != "utf-8" or not after.startswith(codecs.BOM_UTF8)


def test_the_reasons_of_an_import_go_when_the_next_one_is_applied(officer, city):
    first = handed_in(officer, city, [*rows_of(city, 1), person(2, NIP="123")])
    officer.post(at("confirm", first))
    officer.post(at("confirm", handed_in(officer, city, rows_of(city, 1, 3))))

    assert officer.post(at("errors", first)).status_code == 409
    assert RosterRow.objects.count() == 0


def test_the_file_of_mistakes_is_mended_and_handed_in_again_as_it_was(officer, city):
    row = person(1, city.board.code, STATUS="-", HP="+62 812 0000 0001")
    wrong = person(2, city.board.code, STATUS="-", HP="-", NAMA="=HYPERLINK(1)", NIP="1,98609E+17")
    place = handed_in(officer, city, [row, wrong])
    told = b"".join(officer.post(at("errors", place)))
    mended = told.decode().replace('"1,98609E+17"', nip(2))

    _answer, again = upload(officer, city, mended.encode())
    officer.post(*mapped(again, phone="HP"))

    again.refresh_from_db()
    assert "'+62 812 0000 0001" in mended
    assert (again.figures["errors"], again.figures["changes"]) == ({"FORMULA": 1}, {"NEW": 1})
    assert again.figures["addresses"] == {"new": 1, "other": 0, "wrong": 0}


def test_mistakes_in_a_workbook_come_back_as_a_workbook_without_formulas(officer, city):
    rows = [*rows_of(city, 1, 3), person(2, city.board.code, NIP="=1+1")]
    _answer, place = upload(officer, city, xlsx_of(rows), "pegawai.xlsx")
    officer.post(*mapped(place))

    answer = officer.post(at("errors", place))
    content = b"".join(answer.streaming_content)

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert ("<f>" in sheet, "=1+1" in sheet) == (False, True)
    assert "Alasan tidak diterapkan" in sheet


def test_an_unknown_unit_is_decided_before_people_are_compared(officer, city):
    place = handed_in(officer, city, [*rows_of(city, 1, 2)])
    officer.post(at("confirm", place))
    renamed = [person(serial, "BARU", **{"UNIT KERJA": "Badan Baru"}) for serial in (1, 2)]
    _answer, place = upload(officer, city, csv_of(renamed))
    officer.post(*mapped(place, unit_name="UNIT KERJA"))
    place.refresh_from_db()
    assert place.state == S.UNITS

    page = officer.get(at("import_units", place)).content.decode()
    undecreed = officer.post(at("import_units", place), {"pilihan_0": "RENAME"})
    officer.post(at("import_units", place), {"pilihan_0": "RENAME", "dasar": "Perda Contoh 1/2026"})
    place.refresh_from_db()

    assert "Nama baru dari Badan Contoh" in page
    assert undecreed.status_code == 422
    assert (place.state, place.figures["changes"]) == (S.CHECKED, {"CARRIED": 2})


def test_a_unit_that_stays_is_told_and_the_split_off_one_hangs_beside_it(officer, city):
    officer.post(at("confirm", handed_in(officer, city, [person(1, city.section.code)])))
    moved = person(1, "BARU", **{"UNIT KERJA": "Bidang Baru"})
    _answer, place = upload(officer, city, csv_of([moved, person(2, city.section.code)]))
    officer.post(*mapped(place, unit_name="UNIT KERJA"))

    page = officer.get(at("import_units", place))

    form = page.context["form"]
    assert f"{city.section.name} tetap ada, jadi ini bukan nama barunya." in page.content.decode()
    assert (form["pilihan_0"].initial, form["induk_0"].initial) == ("NEW", city.board.public_id)


def test_a_unit_whose_people_all_go_to_another_is_recorded_as_merged_and_compared_again(
    officer, city
):
    desk = factories.unit(city.agency, "Subbidang Contoh", parent=city.section)
    officer.post(at("confirm", handed_in(officer, city, [person(1, desk.code)])))
    place = handed_in(officer, city, [person(1, city.section.code)])
    assert place.figures["changes"] == {"MOVED": 1}

    page = officer.get(at("import", place)).content.decode()
    merge = f"{reverse('roster:merge_unit', args=[desk.public_id])}?ke={city.section.public_id}"
    assert f"1 pegawainya pindah ke {city.section.name}." in page
    assert f'href="{merge}"' in page
    assert f'value="{city.section.public_id}" selected' in officer.get(merge).content.decode()

    officer.post(merge, {"ke": city.section.public_id, "dasar": "Perwali contoh", "sejak": DAY})
    officer.post(at("compare_again", place))
    place.refresh_from_db()
    assert (place.state, place.figures["changes"]) == (S.CHECKED, {"CARRIED": 1})
    assert place.figures["emptied"] == []


def test_many_leaving_ask_for_the_number(officer, city):
    officer.post(at("confirm", handed_in(officer, city, rows_of(city, 1, 2, 3))))
    place = handed_in(officer, city, rows_of(city, 1))

    wrong = officer.post(at("confirm", place), {"jumlah": "9"})
    officer.post(at("confirm", place), {"jumlah": "2"})
    place.refresh_from_db()

    assert wrong.status_code == 422
    assert place.state == S.APPLIED


def test_a_file_of_one_unit_deep_in_the_tree_lets_nobody_else_leave(officer, city):
    everybody = [person(1, city.board.code), person(2, city.section.code)]
    desk = factories.unit(city.agency, "Subbidang Contoh", parent=city.section)
    everybody += [person(3, desk.code), person(4, desk.code), person(5, city.ward.code)]
    officer.post(at("confirm", handed_in(officer, city, everybody)))
    unit_page = officer.get(reverse("roster:unit", args=[city.section.public_id]))
    upload_page = f"{reverse('roster:upload')}?cakupan={city.section.public_id}"
    asked = officer.get(upload_page).content.decode()
    file = SimpleUploadedFile("bidang.csv", csv_of([everybody[1], everybody[2]]))
    given = {
        "instansi": city.agency.pk,
        "berkas": file,
        "per_tanggal": DAY,
        "cakupan": city.section.public_id,
    }

    officer.post(reverse("roster:upload"), given)
    place = RosterImport.objects.latest("pk")
    officer.post(*mapped(place))
    wrong = officer.post(at("confirm", place), {"jumlah": "2"})
    officer.post(at("confirm", place), {"jumlah": "1"})
    place.refresh_from_db()

    assert upload_page in unit_page.content.decode()
    assert f'value="{city.section.public_id}" selected' in asked
    assert "· · Subbidang Contoh" in asked
    assert (place.scope, place.state, wrong.status_code) == (city.section, S.APPLIED, 422)
    assert place.figures["changes"] == {"LEFT": 1}
    ended = Employment.objects.exclude(valid_until=None).get()
    assert (ended.person.name, ended.unit) == ("Pegawai Contoh 4", desk)


def test_an_import_can_be_given_up(officer, city):
    place = handed_in(officer, city, rows_of(city, 1))
    officer.post(at("discard", place))
    again = officer.post(at("discard", place))

    place.refresh_from_db()
    assert (place.state, again.status_code) == (S.DISCARDED, 409)


def test_strangers_find_nothing(officer, city):
    place = handed_in(officer, city, rows_of(city, 1))
    stranger = Client()
    other = factories.user("Petugas lain", "hr_pledges", agency=factories.agency("Kota lain"))
    stranger.force_login(other)

    pages = ["import", "columns", "import_units", "progress"]
    assert [stranger.get(at(name, place)).status_code for name in pages] == [404] * 4
    assert stranger.post(at("errors", place)).status_code == 404
    assert stranger.get(reverse("roster:unit", args=[city.board.public_id])).status_code == 404
    who = reverse("roster:person", args=[city.people[0].public_id])
    assert stranger.get(who).status_code == 404


def test_obligations_follow_those_who_move_and_end_with_those_who_leave(officer, city):
    officer.post(at("confirm", handed_in(officer, city, rows_of(city, 1, 2, 3))))
    place = factories.opened(city.agency, snapshot_on=date(2026, 11, 16))
    rows = [person(1, city.ward.code), person(2, city.board.code)]
    file = SimpleUploadedFile("lagi.csv", csv_of(rows))
    given = {"instansi": city.agency.pk, "berkas": file, "per_tanggal": "2026-11-18"}
    officer.post(reverse("roster:upload"), given)
    later = RosterImport.objects.latest("pk")
    officer.post(*mapped(later))
    officer.post(at("confirm", later), {"jumlah": "1"})

    def duty(name):
        return Obligation.objects.get(round=place, person__name=name)

    moved, left = duty("Pegawai Contoh 1"), duty("Pegawai Contoh 3")
    assert (moved.unit_at_snapshot, moved.unit_now) == (city.board, city.ward)
    assert left.state == ObligationState.ENDED


def test_a_unit_shows_who_works_there_and_what_is_below(officer, city):
    tree = officer.get(reverse("roster:units")).content.decode()
    page = officer.get(reverse("roster:unit", args=[city.board.public_id])).content.decode()
    found = officer.get(
        reverse("roster:unit", args=[city.board.public_id]), {"nama": "kepala bidang"}
    ).content.decode()

    assert "Badan Contoh" in tree
    assert ("Sekretaris Contoh" in page, "Kepala Bidang Contoh" in page) == (True, False)
    assert ("Sekretaris Contoh" in found, "Kepala Bidang Contoh" in found) == (False, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_people_costs_the_same_for_one_and_for_three(
    officer, city, rows, django_assert_num_queries
):
    for number in range(rows):
        factories.servant(city.agency, city.ward, f"Orang {number}")
    address = reverse("roster:unit", args=[city.ward.public_id])
    officer.get(address)
    with django_assert_num_queries(7):
        officer.get(address)


def test_units_are_added_renamed_and_merged(officer, city):
    def post(name, unit, **given):
        return officer.post(reverse(f"roster:{name}", args=[unit.public_id]), given)

    post("add_unit", city.board, kode="seksi", nama="Seksi Contoh", jenis="SUBSECTION", sejak=DAY)
    taken = post("add_unit", city.board, kode="seksi", nama="Seksi", jenis="SUBSECTION", sejak=DAY)
    post("rename_unit", city.ward, nama="Kelurahan Baru", dasar="Perda 1", sejak=DAY)
    post("merge_unit", city.section, ke=city.board.public_id, dasar="Perda 2", sejak=DAY)

    city.ward.refresh_from_db()
    page = officer.get(reverse("roster:unit", args=[city.ward.public_id])).content.decode()
    assert taken.status_code == 422
    assert "Kelurahan Contoh menjadi Kelurahan Baru (Perda 1)" in page
    assert city.ward.valid_until == date(2026, 11, 15)


def test_a_unit_is_hung_under_another_one_and_not_below_itself(officer, city):
    address = reverse("roster:move_unit", args=[city.board.public_id])
    below = officer.post(address, {"induk": city.section.public_id, "dasar": "Perda 3"})
    assert (below.status_code, "tidak dapat berada di bawah dirinya" in below.content.decode()) == (
        422,
        True,
    )
    moved = {"induk": city.ward.public_id, "dasar": "Perda 3"}
    assert officer.post(address, moved).status_code == 302
    city.section.refresh_from_db()
    row = AuditRow.objects.get(what="unit.move", subject_id=city.board.pk)
    assert (city.section.path, row.data["decree"]) == (
        f"{city.ward.path}/{city.board.code}/{city.section.code}",
        "Perda 3",
    )


def test_whom_two_agencies_claim_both_see_and_the_import_says_it_before(officer, city):
    province = factories.agency("Pemerintah Provinsi Contoh")
    who = factories.servant(province, name="Pegawai Contoh 1")
    lent = factories.servant(province, name="Pegawai Contoh 2")
    for serial, each in enumerate((who, lent), 1):
        add_number(
            person_id=each.pk,
            kind=NumberKind.NIP,
            number=nip(serial),
            valid_from=None,
            actor=SYSTEM,
            clock=factories.NOON,
        )
    factories.servant(city.agency, city.board, assignment=Assignment.ACTING, person=lent)

    place = handed_in(officer, city, rows_of(city, 1))
    notice = "1 pegawai baru juga dicatat instansi lain; keduanya akan melihatnya."
    assert notice in officer.get(at("import", place)).content.decode()
    officer.post(at("confirm", place))

    def read(browser, person):
        return browser.get(reverse("roster:person", args=[person.public_id])).content.decode()

    other = Client()
    other.force_login(factories.user("Kepegawaian provinsi", "hr_pledges", agency=province))
    contested = "Lebih dari satu instansi mencatat orang ini sebagai pegawainya."
    assert (contested in read(officer, who), contested in read(other, who)) == (True, True)
    assert (contested in read(officer, lent), contested in read(other, lent)) == (False, False)


def test_a_person_is_moved_goes_on_leave_and_leaves(officer, city):
    who = city.people[1]

    def post(name, **given):
        return officer.post(reverse(f"roster:{name}", args=[who.public_id]), given)

    place = factories.opened(city.agency)
    post(
        "move",
        unit=city.ward.public_id,
        jabatan="Sekretaris Kelurahan",
        kelompok="SUPERVISOR",
        sejak=DAY,
    )
    post("unpaid_leave", mulai="2026-11-18", sampai="2026-12-18", dasar="Keputusan contoh")
    moved = factories.owed(place, who)
    gone = post("leave", sebab="DIED", sejak="2026-11-19", keterangan="Akta contoh")
    page = officer.get(reverse("roster:person", args=[who.public_id])).content.decode()

    assert moved.unit_now == city.ward
    assert Absence.objects.get(person=who).evidence == "CLTN: Keputusan contoh"
    assert gone.status_code == 302
    assert factories.owed(place, who).state == ObligationState.ENDED
    assert Employment.objects.filter(person=who, end_reason="DIED").count() == 1
    assert "Meninggal dunia; Akta contoh" in page
    assert post("leave", sebab="DIED", sejak="2026-11-19").status_code == 404


# --- the API ----------------------------------------------------------------------------------


@pytest.fixture
def key(officer, city):
    def make(**given):
        answer = officer.post(
            reverse("roster:tokens"), {"instansi": city.agency.pk, "nama": "SIMASN", **given}
        )
        return answer.context["secret"]

    return make


def send(secret, people, day=DAY):
    return Client().post(
        reverse("roster_api_v1:roster_changes"),
        json.dumps({"states_on": day, "people": people}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )


def said(city, serial, **change):
    return {
        "number": nip(serial),
        "name": f"Pegawai Contoh {serial}",
        "unit_code": city.board.code,
        "position": "Pengadministrasi",
        **change,
    }


def test_a_system_hands_in_differences_that_wait_for_a_person(city, key):
    answer = send(key(), [said(city, 1)])
    place = RosterImport.objects.get()

    assert (answer.status_code, answer.json()["changes"]) == (202, {"NEW": 1})
    assert (place.state, place.source, place.names_leavers) == (S.CHECKED, "API", True)


def test_a_trusted_system_is_applied_at_once_and_who_leaves_is_named(city, key):
    secret = key(langsung="on")
    send(secret, [said(city, serial) for serial in range(60)])
    answer = send(secret, [said(city, 1, leaves="RETIRED")], "2026-11-18")

    assert answer.json()["state"] == S.APPLIED
    assert answer.json()["changes"] == {"LEFT": 1}
    ended = Employment.objects.get(end_reason="RETIRED")
    assert (ended.person.name, ended.valid_until) == ("Pegawai Contoh 1", date(2026, 11, 18))


def test_mistakes_are_told_by_row(city, key):
    answer = send(key(), [said(city, 1), said(city, 2, number="123"), said(city, 3)])
    told = [(each["row"], each["code"]) for each in answer.json()["errors"]]

    assert told == [(2, "NUMBER_SHORT")]
    see = Client().get(
        reverse("roster_api_v1:roster_import", args=[answer.json()["id"]]),
        headers={"Authorization": f"Bearer {key()}"},
    )
    assert see.json() == answer.json()


def test_what_is_unknown_or_of_the_future_is_refused(city, key):
    secret = key()
    odd = send(secret, [said(city, 1, birthday="x")])
    future = send(secret, [said(city, 1)], "2026-12-24")

    assert (odd.status_code, future.status_code) == (422, 409)
    assert RosterImport.objects.count() == 0


def test_a_key_opens_one_agency_until_it_is_revoked(officer, city, key):
    secret = key()
    answer = send(secret, [said(city, 1)])
    elsewhere = RosterToken.objects.create(
        agency=factories.agency("Kota lain"),
        label="Lain",
        digest=b"x" * 32,
        created_at="2026-11-20T05:00:00Z",
        created_by_id=1,
    )
    token = RosterToken.objects.get(agency=city.agency)
    address = reverse("roster_api_v1:roster_import", args=[answer.json()["id"]])
    assert Client().get(address).status_code == 401
    assert officer.post(reverse("roster:revoke_token", args=[elsewhere.pk])).status_code == 404

    asked = officer.post(reverse("roster:revoke_token", args=[token.pk])).content.decode()
    token.refresh_from_db()
    assert ("tidak dapat mengirim data pegawai lagi" in asked, token.revoked_at) == (True, None)
    officer.post(reverse("roster:revoke_token", args=[token.pk]), {"dikonfirmasi": "ya"})

    assert bytes(token.digest) != secret.encode()
    assert send(secret, [said(city, 1)]).status_code == 401


def test_a_key_that_asks_too_often_waits(settings, city, key):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "roster_api": (2, 60)}
    secret = key()
    codes = [send(secret, [said(city, 1)], "2027-01-01").status_code for _ in range(3)]

    assert codes == [409, 409, 429]


def test_the_description_needs_no_third_party(client):
    page = client.get(reverse("roster_api:docs"))
    schema = client.get(reverse("roster_api_v1:openapi-json")).json()

    assert "people[].number" in page.content.decode()
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert sorted(schema["paths"]) == [
        "/api/v1/roster/changes",
        "/api/v1/roster/imports/{import_id}",
    ]
