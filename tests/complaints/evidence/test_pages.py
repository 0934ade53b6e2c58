"""The evidence pages: who gets in, what is handed over and how, and what it leaves behind."""

import pytest

from complaints.codes import Audience, CustodyAct, DerivativeKind
from complaints.models import Custody, Derivative, Evidence, Redaction
from complaints.services.drafts import start_draft
from complaints.services.evidence_intake import Owner
from complaints.services.make_redaction import make_redaction, waiting_redactions
from complaints.services.prepare_derivative import Question
from neutrality.audit.models import AuditRow
from neutrality.organisations.models import Office
from neutrality.vault.models import Opening
from tests.complaints import factories as make
from tests.complaints.evidence import files, films

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

ANSWERS = {
    "penerima": "BODY",
    "sebutan": "Tangkapan layar",
    **dict.fromkeys(Question.values, "NONE"),
}


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def enter(client):
    """Log a new person of the office in, and return the browser."""

    def login(*roles, office=None, name="Petugas contoh"):
        client.force_login(make.user(name, *roles, office=office or make.office()))
        return client

    return login


def body(response):
    return b"".join(response.streaming_content)


def acts(evidence):
    return list(
        Custody.objects.filter(evidence=evidence).order_by("pk").values_list("act", flat=True)
    )


def addresses(copy):
    evidence = copy.evidence
    return {
        "list": f"/petugas/berkas/{evidence.matter.public_id}/bukti/",
        "page": f"/petugas/bukti/{evidence.public_id}/",
        "original": f"/petugas/bukti/{evidence.public_id}/asli/",
        "file": f"/petugas/salinan/{copy.public_id}/",
        "redact": f"/petugas/salinan/{copy.public_id}/samarkan/",
        "prepare": f"/petugas/salinan/{copy.public_id}/siapkan/",
    }


@pytest.mark.parametrize(
    ("role", "opened"),
    [
        ("handler", {"list", "page", "original", "file", "redact", "prepare"}),
        ("commissioner", {"list", "page", "original", "file", "redact", "prepare"}),
        ("intake", {"list", "page", "file", "redact", "prepare"}),
        ("supervisor", {"list", "page", "file"}),
        ("auditor", set()),
    ],
)
def test_each_role_gets_as_far_as_its_work(enter, desk, role, opened):
    copy = desk.photo()
    browser = enter(role)
    got = {name: browser.get(url).status_code for name, url in addresses(copy).items()}
    assert got == {name: 200 if name in opened else 404 for name in got}


def test_people_of_a_foreign_office_and_of_none_find_nothing(enter, client, desk):
    copy = desk.photo()
    assert {client.get(url).status_code for url in addresses(copy).values()} == {302}
    foreign = Office.objects.get(region__code="61.71")
    browser = enter("handler", office=foreign)
    assert {browser.get(url).status_code for url in addresses(copy).values()} == {404}
    assert acts(copy.evidence) == [CustodyAct.RECEIVED, CustodyAct.CLEANED]


def test_a_colleague_above_sees_but_does_not_take(enter, desk):
    copy = desk.photo()
    browser = enter("supervisor", office=Office.objects.get(region__code="35"))
    page = browser.get(addresses(copy)["page"])
    assert (page.status_code, "Unduh berkas asli" in page.content.decode()) == (200, False)
    assert browser.post(addresses(copy)["original"], {"alasan": "Ingin tahu"}).status_code == 404


def test_evidence_of_an_unsent_report_is_nobodys(enter, desk):
    draft, _code = start_draft(anonymous=False, clock=make.at(16, 9))
    evidence = desk.examined(files.picture(), owner=Owner(draft_id=draft.pk))
    assert enter("handler").get(f"/petugas/bukti/{evidence.public_id}/").status_code == 404


def test_a_picture_is_shown_as_ours_and_the_view_is_a_link_of_the_chain(enter, desk):
    copy = desk.photo()
    browser = enter("handler")
    for _again in range(2):
        answer = browser.get(addresses(copy)["file"])
        content = body(answer)
    assert len(content) == copy.size
    assert {
        name: answer.headers[name]
        for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")
    } == {
        "Content-Type": "image/jpeg",
        "Content-Disposition": f'inline; filename="salinan-{copy.public_id}.jpg"',
        "X-Content-Type-Options": "nosniff",
    }
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer.headers["Cache-Control"]
    assert acts(copy.evidence)[2:] == [CustodyAct.VIEWED]
    opened = Opening.objects.filter(subject_kind="matter", subject_id=copy.evidence.matter_id)
    assert opened.count() == 2


def test_a_document_is_only_handed_over_as_a_file(enter, desk):
    evidence = desk.examined(files.armed_pdf(), "surat.pdf")
    copy = evidence.derivatives.get(kind=DerivativeKind.CLEANED)
    answer = enter("intake").get(addresses(copy)["file"])
    assert (answer.headers["Content-Type"], answer.headers["Content-Disposition"]) == (
        "application/octet-stream",
        f'attachment; filename="salinan-{copy.public_id}.pdf"',
    )


def test_the_original_needs_a_reason_and_comes_as_bytes(enter, desk):
    content = files.polyglot()
    evidence = desk.examined(content, "nama pelapor.jpg")
    browser = enter("handler")
    url = f"/petugas/bukti/{evidence.public_id}/asli/"
    assert browser.post(url, {"alasan": ""}).status_code == 422
    answer = browser.post(url, {"alasan": "Dicocokkan dengan tangkapan"})
    assert body(answer) == content
    assert (answer.headers["Content-Type"], answer.headers["Content-Disposition"]) == (
        "application/octet-stream",
        f'attachment; filename="asli-{evidence.public_id}.jpg"',
    )
    taken = Custody.objects.get(evidence=evidence, act=CustodyAct.DOWNLOADED)
    assert (taken.who, taken.reason) == ("Petugas contoh", "Dicocokkan dengan tangkapan")
    opening = Opening.objects.get(reason="Dicocokkan dengan tangkapan")
    assert (str(opening.blob_id), opening.role) == (evidence.stored_as, "handler")
    audited = AuditRow.objects.get(what="vault.blob.open", data__opening=opening.pk)
    assert audited.subject_id == evidence.matter_id


@pytest.mark.parametrize(("state", "status"), [("PENDING", 404), ("QUARANTINED", 404)])
def test_what_is_not_examined_or_quarantined_is_handed_to_nobody(enter, desk, state, status):
    evidence = desk.take_in(files.picture())
    Evidence.objects.filter(pk=evidence.pk).update(state=state, refusal="Berbahaya.")
    browser = enter("handler")
    page = browser.get(f"/petugas/bukti/{evidence.public_id}/")
    assert "Berbahaya." in page.content.decode()
    answer = browser.post(f"/petugas/bukti/{evidence.public_id}/asli/", {"alasan": "Perlu"})
    assert answer.status_code == status


def test_the_sender_s_file_name_is_on_no_page(enter, desk):
    desk.examined(files.picture(), "KTP Sutini Rahasia.jpg")
    evidence = Evidence.objects.get()
    browser = enter("handler")
    urls = addresses(evidence.derivatives.first())
    pages = "".join(browser.get(urls[name]).content.decode() for name in ("list", "page"))
    assert "Sutini" not in pages


class TestIdentity:
    """Pictures of identity cards."""

    @pytest.fixture
    def card(self, desk):
        return desk.examined(files.picture(), "ktp.jpg", is_identity=True)

    def test_it_is_shown_after_a_reason_in_that_answer_only(self, enter, card):
        browser, url = enter("intake"), f"/petugas/bukti/{card.public_id}/"
        assert "data:image" not in browser.get(url).content.decode()
        assert browser.post(url, {"alasan": ""}).status_code == 422
        shown = browser.post(url, {"alasan": "Mencocokkan e-KTP"})
        assert "data:image/jpeg;base64," in shown.content.decode()
        assert "no-store" in shown.headers["Cache-Control"]
        viewed = Custody.objects.get(evidence=card, act=CustodyAct.VIEWED)
        assert viewed.reason == "Mencocokkan e-KTP"

    def test_its_copies_have_no_address(self, enter, card):
        browser = enter("handler")
        for copy in card.derivatives.all():
            got = {name: browser.get(url).status_code for name, url in addresses(copy).items()}
            assert {got[name] for name in ("file", "redact", "prepare")} == {404}

    @pytest.mark.parametrize("role", ["commissioner", "supervisor"])
    def test_others_do_not_even_see_it_in_the_list(self, enter, card, role):
        browser = enter(role)
        assert browser.get(f"/petugas/bukti/{card.public_id}/").status_code == 404
        listed = browser.get(f"/petugas/berkas/{card.matter.public_id}/bukti/").content.decode()
        assert card.public_id not in listed


class TestPlaying:
    """Films and sound are played from any place; papers are seen page by page."""

    @pytest.fixture
    def film(self, desk):
        evidence = desk.examined(films.film(), "video.mp4")
        return evidence.derivatives.get(kind=DerivativeKind.CLEANED)

    def test_a_film_is_shown_in_its_page(self, enter, film):
        page = enter("handler").get(addresses(film)["page"]).content.decode()
        assert f'<video src="/petugas/salinan/{film.public_id}/"' in page
        answer = enter("handler").get(addresses(film)["file"])
        assert (answer.headers["Content-Type"], answer.headers["Accept-Ranges"]) == (
            "video/mp4",
            "bytes",
        )
        assert (len(body(answer)), answer.headers["Content-Length"]) == (film.size, str(film.size))

    @pytest.mark.parametrize(
        ("wanted", "start", "end"),
        [("bytes=0-9", 0, 9), ("bytes=100-", 100, -1), ("bytes=-7", -7, -1), ("bytes=5-5", 5, 5)],
    )
    def test_a_player_gets_the_stretch_that_it_asks_for(self, enter, film, wanted, start, end):
        browser = enter("handler")
        whole = body(browser.get(addresses(film)["file"]))
        first, last = start % film.size, end % film.size
        answer = browser.get(addresses(film)["file"], headers={"Range": wanted})
        assert (answer.status_code, body(answer)) == (206, whole[first : last + 1])
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{film.size}"

    @pytest.mark.parametrize("wanted", ["bytes=99999999-", "bytes=9-3", "bytes=-", "lines=1-2"])
    def test_a_stretch_that_is_none_is_refused(self, enter, film, wanted):
        answer = enter("handler").get(addresses(film)["file"], headers={"Range": wanted})
        assert (answer.status_code, answer.headers["Content-Range"]) == (
            416,
            f"bytes */{film.size}",
        )

    def test_playing_is_one_view_however_often_the_player_asks(self, enter, film):
        browser = enter("handler")
        for start in (0, 10, 20):
            body(browser.get(addresses(film)["file"], headers={"Range": f"bytes={start}-"}))
        assert acts(film.evidence)[2:] == [CustodyAct.VIEWED]

    def test_pages_of_a_paper_are_pictures_of_ours(self, enter, desk):
        evidence = desk.examined(files.pdf_with_words("Halo"), "surat.pdf")
        copy = evidence.derivatives.get(kind=DerivativeKind.CLEANED)
        browser = enter("intake")
        page = browser.get(addresses(copy)["page"]).content.decode()
        url = f"/petugas/salinan/{copy.public_id}/halaman/2/"
        assert url in page
        answer = browser.get(url)
        assert (answer.headers["Content-Type"], answer.content[:2]) == ("image/jpeg", b"\xff\xd8")
        assert browser.get(url.replace("/2/", "/3/")).status_code == 404
        assert acts(evidence)[-1] == CustodyAct.VIEWED
        assert enter("auditor").get(url).status_code == 404

    def test_a_picture_has_no_pages(self, enter, desk):
        copy = desk.photo()
        url = f"/petugas/salinan/{copy.public_id}/halaman/1/"
        assert enter("handler").get(url).status_code == 404


class TestRedactingOthers:
    """Papers and films are redacted by a worker."""

    @pytest.fixture
    def paper(self, desk):
        evidence = desk.examined(files.pdf_with_words("Rahasia"), "surat.pdf")
        return evidence.derivatives.get(kind=DerivativeKind.CLEANED)

    @pytest.fixture
    def film(self, desk):
        evidence = desk.examined(films.film(), "video.mp4")
        return evidence.derivatives.get(kind=DerivativeKind.CLEANED)

    def test_areas_of_a_page_are_wished_for_and_made(self, enter, paper):
        browser = enter("handler", name="Orang pertama")
        area = {"halaman_1": 1, "kiri_1": 0, "atas_1": 0, "lebar_1": 100, "tinggi_1": 50}
        assert browser.post(addresses(paper)["redact"], area).status_code == 302
        waiting = browser.get(addresses(paper)["page"]).content.decode()
        assert "sedang dibuat (diminta Orang pertama" in waiting
        assert waiting_redactions(clock=make.at(16, 11), limit=9) == [Redaction.objects.get().pk]
        make_redaction(redaction_id=Redaction.objects.get().pk, clock=make.at(16, 11))
        made = Derivative.objects.get(kind=DerivativeKind.REDACTED)
        assert (made.pages, made.parent, str(made.made_by)) == (2, paper, "Orang pertama")
        assert made.redactions == [
            {"left": 0, "top": 0, "width": 100, "height": 50, "page": 1},
        ]
        done = browser.get(addresses(paper)["page"]).content.decode()
        assert ("sedang dibuat" in done, made.public_id in done) == (False, True)
        assert acts(paper.evidence)[-1] == CustodyAct.REDACTED

    def test_stretches_of_a_film_are_wished_for_and_made(self, enter, film):
        stretch = {"dari_1": "0:00", "sampai_1": "0.01", "apa_1": "BOTH"}
        assert enter("handler").post(addresses(film)["redact"], stretch).status_code == 302
        make_redaction(redaction_id=Redaction.objects.get().pk, clock=make.at(16, 11))
        made = Derivative.objects.get(kind=DerivativeKind.REDACTED)
        assert (made.media_type, made.redactions) == (
            "video/mp4",
            [{"from": 0, "to": 1, "what": "BOTH"}],
        )

    @pytest.mark.parametrize(
        "stretch",
        [
            {},
            {"dari_1": "0:00"},
            {"dari_1": "0:01", "sampai_1": "0:01", "apa_1": "BOTH"},
            {"dari_1": "x", "sampai_1": "0:01", "apa_1": "BOTH"},
            {"dari_1": "0:00", "sampai_1": "9:00", "apa_1": "BOTH"},
            {"dari_1": "0:00", "sampai_1": "0:01", "apa_1": "ALL"},
            {"dari_1": "\0", "sampai_1": "1:2:3:4", "apa_1": ""},
        ],
    )
    def test_stretches_that_are_none_come_back(self, enter, film, stretch):
        page = enter("handler").post(addresses(film)["redact"], stretch)
        assert (page.status_code, Redaction.objects.count()) == (422, 0)

    @pytest.mark.parametrize("page", [0, 3, "", "x"])
    def test_a_page_that_is_not_there_comes_back(self, enter, paper, page):
        area = {"halaman_1": page, "kiri_1": 0, "atas_1": 0, "lebar_1": 9, "tinggi_1": 9}
        answer = enter("handler").post(addresses(paper)["redact"], area)
        assert (answer.status_code, Redaction.objects.count()) == (422, 0)

    def test_what_cannot_be_made_says_so(self, enter, paper):
        browser = enter("handler")
        area = {"halaman_1": 1, "kiri_1": 0, "atas_1": 0, "lebar_1": 9, "tinggi_1": 9}
        browser.post(addresses(paper)["redact"], area)
        Redaction.objects.update(attempts=2)
        make_redaction(redaction_id=Redaction.objects.get().pk, clock=make.at(16, 11))
        page = browser.get(addresses(paper)["page"]).content.decode()
        assert "Salinan yang disamarkan tidak dapat dibuat" in page
        assert waiting_redactions(clock=make.at(16, 12), limit=9) == []

    def test_two_workers_make_one_copy(self, enter, paper):
        area = {"halaman_1": 1, "kiri_1": 0, "atas_1": 0, "lebar_1": 9, "tinggi_1": 9}
        enter("handler").post(addresses(paper)["redact"], area)
        wish = Redaction.objects.get()
        Redaction.objects.update(busy_until=make.at(16, 12).now)
        assert make_redaction(redaction_id=wish.pk, clock=make.at(16, 11)) is None
        assert make_redaction(redaction_id=wish.pk, clock=make.at(16, 12)) == "DONE"
        assert make_redaction(redaction_id=wish.pk, clock=make.at(16, 13)) is None
        assert Derivative.objects.filter(kind=DerivativeKind.REDACTED).count() == 1


def test_the_checkers_read_the_reporter_s_words_and_choose_others(enter, desk):
    evidence = desk.examined(files.picture(), caption="Saya foto dari meja sebelah")
    copy = evidence.derivatives.get(kind=DerivativeKind.CLEANED)
    first = enter("handler", name="Orang pertama")
    assert "dari meja sebelah" in first.get(addresses(copy)["prepare"]).content.decode()
    assert first.post(addresses(copy)["prepare"], {**ANSWERS, "sebutan": ""}).status_code == 422
    first.post(addresses(copy)["prepare"], ANSWERS)
    prepared = Derivative.objects.get(audience=Audience.BODY)
    url = f"/petugas/salinan/{prepared.public_id}/putuskan/"
    second = enter("commissioner", name="Orang kedua")
    shown = second.get(url).content.decode()
    assert ("dari meja sebelah" in shown, 'value="Tangkapan layar"' in shown) == (True, True)
    second.post(url, {"penerima": "BODY", "keputusan": "lepas", "sebutan": "Foto ruang kerja"})
    prepared.refresh_from_db()
    assert (prepared.wording, prepared.released_by_id is None) == ("Foto ruang kerja", False)


class TestDisclosure:
    """From the preview of black areas to the released copy."""

    def test_the_preview_draws_and_saves_nothing(self, enter, desk):
        copy = desk.photo()
        area = {"kiri_1": 10, "atas_1": 20, "lebar_1": 30, "tinggi_1": 40}
        page = enter("handler").post(addresses(copy)["redact"], {**area, "pratinjau": "ya"})
        assert (page.status_code, Derivative.objects.filter(kind="REDACTED").count()) == (200, 0)
        assert '<rect x="48" y="128" width="144" height="256"' in page.content.decode()

    def test_saved_areas_make_a_new_copy(self, enter, desk):
        copy = desk.photo()
        area = {"kiri_1": 10, "atas_1": 20, "lebar_1": 30, "tinggi_1": 40}
        answer = enter("handler").post(addresses(copy)["redact"], area)
        made = Derivative.objects.get(kind=DerivativeKind.REDACTED)
        assert answer.headers["Location"] == addresses(copy)["page"]
        assert (made.parent, made.redactions) == (
            copy,
            [{"left": 10, "top": 20, "width": 30, "height": 40, "page": 1}],
        )

    @pytest.mark.parametrize(
        "area",
        [
            {},
            {"kiri_1": 10},
            {"kiri_1": 80, "atas_1": 0, "lebar_1": 30, "tinggi_1": 10},
            {"kiri_1": -1, "atas_1": 0, "lebar_1": 30, "tinggi_1": 10},
            {"kiri_1": "x", "atas_1": "\0", "lebar_1": 30, "tinggi_1": 10},
            {"kiri_1": 10, "atas_1": 0, "lebar_1": 0, "tinggi_1": 10},
            {"kiri_1": "9" * 40, "atas_1": 0, "lebar_1": 1, "tinggi_1": 10},
        ],
    )
    def test_areas_that_are_none_come_back_as_they_were_typed(self, enter, desk, area):
        copy = desk.photo()
        page = enter("handler").post(addresses(copy)["redact"], area)
        assert (page.status_code, Derivative.objects.filter(kind="REDACTED").count()) == (422, 0)

    def test_one_prepares_another_releases(self, enter, desk):
        copy = desk.photo()
        browser = enter("handler", name="Orang pertama")
        browser.post(addresses(copy)["prepare"], ANSWERS)
        prepared = Derivative.objects.get(audience=Audience.BODY)
        url = f"/petugas/salinan/{prepared.public_id}/putuskan/"
        own = browser.get(url).content.decode()
        assert ("Orang lain harus memeriksanya." in own, "Simpan keputusan" in own) == (True, False)
        yes = {"penerima": "BODY", "keputusan": "lepas"}
        assert browser.post(url, yes).status_code == 422

        second = enter("commissioner", name="Orang kedua")
        listed = second.get(addresses(copy)["list"]).content.decode()
        assert "1 salinan menunggu pemeriksaan Anda." in listed
        assert second.post(url, yes).status_code == 302
        prepared.refresh_from_db()
        assert str(prepared.released_by) == "Orang kedua"
        assert second.post(url, yes).status_code == 409

    def test_of_a_colleague_both_persons_are_warned_and_the_second_one_confirms(self, enter, desk):
        """The page that the citizen reads promises it: see report_cover.html."""
        copy = desk.photo()
        warning = "Orang yang menyampaikannya mengenal terlapor"
        first = enter("handler", name="Orang pertama")
        assert warning not in first.get(addresses(copy)["prepare"]).content.decode()
        desk.matter.reports.update(coworker=True)
        assert warning in first.get(addresses(copy)["prepare"]).content.decode()
        first.post(addresses(copy)["prepare"], ANSWERS)
        prepared = Derivative.objects.get(audience=Audience.BODY)
        url = f"/petugas/salinan/{prepared.public_id}/putuskan/"
        second = enter("commissioner", name="Orang kedua")
        assert warning in second.get(url).content.decode()
        yes = {"penerima": "BODY", "keputusan": "lepas"}
        page = second.post(url, yes)
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["rekan"])
        assert second.post(url, {**yes, "rekan": "on"}).status_code == 302
        prepared.refresh_from_db()
        assert str(prepared.released_by) == "Orang kedua"

    def test_declining_needs_a_reason_and_lets_it_be_prepared_again(self, enter, desk):
        copy = desk.photo()
        enter("handler").post(addresses(copy)["prepare"], ANSWERS)
        prepared = Derivative.objects.get(audience=Audience.BODY)
        url = f"/petugas/salinan/{prepared.public_id}/putuskan/"
        second = enter("supervisor", name="Orang kedua")
        no = {"penerima": "BODY", "keputusan": "tolak"}
        assert second.post(url, no).status_code == 422
        assert second.post(url, {**no, "alasan": "Bayangan tampak"}).status_code == 302
        assert enter("handler").post(addresses(copy)["prepare"], ANSWERS).status_code == 302

    def test_a_changed_audience_is_a_lost_race(self, enter, desk):
        copy = desk.photo()
        enter("handler").post(addresses(copy)["prepare"], ANSWERS)
        prepared = Derivative.objects.get(audience=Audience.BODY)
        answer = enter("commissioner", name="Orang kedua").post(
            f"/petugas/salinan/{prepared.public_id}/putuskan/",
            {"penerima": "AGENCY", "keputusan": "lepas"},
        )
        assert answer.status_code == 409

    def test_preparing_the_same_twice_is_a_lost_race(self, enter, desk):
        copy = desk.photo()
        browser = enter("handler")
        assert browser.post(addresses(copy)["prepare"], ANSWERS).status_code == 302
        assert browser.post(addresses(copy)["prepare"], ANSWERS).status_code == 409

    @pytest.mark.parametrize(
        "change",
        [
            {"penerima": ""},
            {"penerima": "STAFF"},
            {"FACES": ""},
            {"FACES": "REDACTED"},
            {"FACES": "HARMLESS"},
            {"NAMES": "\0"},
        ],
    )
    def test_an_incomplete_check_prepares_nothing(self, enter, desk, change):
        copy = desk.photo()
        page = enter("handler").post(addresses(copy)["prepare"], {**ANSWERS, **change})
        assert (page.status_code, Derivative.objects.exclude(audience="STAFF").count()) == (422, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    enter, desk, number, django_assert_num_queries
):
    for _ in range(number):
        desk.photo()
    browser = enter("handler")
    url = f"/petugas/berkas/{desk.matter.public_id}/bukti/"
    browser.get(url)
    with django_assert_num_queries(6):
        browser.get(url)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three_copies(
    enter, desk, number, django_assert_num_queries
):
    copy = desk.photo()
    browser = enter("handler")
    for audience in ("BODY", "AGENCY", "RESPONDENT")[:number]:
        browser.post(addresses(copy)["prepare"], {**ANSWERS, "penerima": audience})
    browser.get(addresses(copy)["page"])
    with django_assert_num_queries(7):
        browser.get(addresses(copy)["page"])
