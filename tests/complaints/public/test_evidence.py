"""Files arrive: counted, hashed, sealed; too big or of the wrong kind they are refused."""

import hashlib
import io
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import given, strategies as st
from PIL import Image

from complaints.models import Custody, Draft, Evidence, Party
from complaints.services.drafts import DraftGone
from complaints.services.evidence_intake import NAME_LENGTH, cleaned_name, room_left
from complaints.services.expire_drafts import expire_drafts
from complaints.services.process_evidence import process_evidence
from neutrality.law.clock import Clock, read_clock
from neutrality.vault.models import SealedBlob
from tests.complaints import factories
from tests.complaints.public.journey import PERSON, WHERE, begin, fill

pytestmark = pytest.mark.django_db(transaction=True)


def picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (120, 30, 30)).save(file, "PNG")
    return file.getvalue()


def upload(client, *files, **fields):
    berkas = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/lapor/bukti/", {"berkas": berkas, **fields})


def test_a_file_is_hashed_sealed_and_listed(client):
    begin(client)
    content = picture()
    assert upload(client, ("story.png", content), keterangan="Story").status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.sha256, evidence.size, evidence.media_type, evidence.caption) == (
        hashlib.sha256(content).hexdigest(),
        len(content),
        "image/png",
        "Story",
    )
    blob = SealedBlob.objects.get(pk=evidence.stored_as)
    assert (blob.sha256, blob.size) == (evidence.sha256, evidence.size)
    assert Custody.objects.get().act == "RECEIVED"
    assert "story.png" in client.get("/lapor/bukti/").content.decode()


def test_a_file_over_the_limit_is_dropped_on_its_way(client, settings):
    settings.EVIDENCE_MAX_MIB = {"image": 1, "document": 1, "audio": 1, "video": 1}
    begin(client)
    big = b"\x89PNG\r\n\x1a\n" + bytes(1024 * 1024 + 1)
    page = upload(client, ("besar.png", big), ("baik.png", picture()))
    assert page.status_code == 422
    assert "besar.png lebih besar dari 1 MB" in page.content.decode()
    assert [each.original_name for each in Evidence.objects.all()] == ["baik.png"]


def test_a_request_over_all_limits_is_refused_before_it_is_read(client, settings):
    settings.EVIDENCE_MAX_MIB = {"image": 1, "document": 1, "audio": 1, "video": 1}
    begin(client)
    answer = client.post(
        "/lapor/bukti/", b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=10**9
    )
    assert answer.status_code == 413


def test_the_kind_is_told_by_the_content_not_the_name(client):
    begin(client)
    page = upload(client, ("foto.png", b"MZ\x90\x00" + bytes(300)))
    assert page.status_code == 422
    assert Evidence.objects.count() == 0


def test_a_web_address_is_evidence(client):
    begin(client)
    client.post("/lapor/bukti/alamat/", {"alamat": "contoh.id/unggahan", "akun": "lurah"})
    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.url) == ("WEB", "https://contoh.id/unggahan")


def test_a_post_is_kept_with_its_platform_and_when_it_was_made(client):
    begin(client)
    client.post("/lapor/tempat/", {**WHERE, "wilayah": "91.71"})
    post = {"alamat": "contoh.id/1", "platform": "Facebook", "jam_unggah": "20:15"}
    undated = client.post("/lapor/bukti/alamat/", post)
    assert undated.status_code == 422
    assert undated.context["web"].errors == {"diunggah": ["Isi juga tanggal unggahannya."]}
    client.post("/lapor/bukti/alamat/", {**post, "diunggah": "2025-06-14"})
    client.post("/lapor/bukti/alamat/", {"alamat": "contoh.id/2", "diunggah": "2025-06-13"})
    told = Evidence.objects.order_by("pk").values_list("platform", "posted_on", "posted_at")
    assert list(told) == [
        ("Facebook", date(2025, 6, 14), datetime(2025, 6, 14, 11, 15, tzinfo=UTC)),
        ("", date(2025, 6, 13), None),
    ]
    page = client.get("/lapor/bukti/").content.decode()
    assert "Facebook, diunggah 14 Jun 2025, 20.15 WIT" in page


def test_a_removed_file_loses_its_key(client):
    begin(client)
    upload(client, ("story.png", picture()))
    public_id = Evidence.objects.get().public_id
    client.post(f"/lapor/bukti/{public_id}/hapus/")
    assert Evidence.objects.count() == 0
    assert SealedBlob.objects.get().wrapped_key is None


def test_a_file_is_removed_with_the_copies_that_were_made_of_it(client):
    begin(client)
    upload(client, ("story.png", picture()))
    evidence = Evidence.objects.get()
    process_evidence(evidence_id=evidence.pk, clock=read_clock())
    assert evidence.derivatives.count() > 0
    assert client.post(f"/lapor/bukti/{evidence.public_id}/hapus/").status_code == 302
    assert not SealedBlob.objects.filter(wrapped_key__isnull=False).exists()


def test_an_unsent_report_ends_with_its_files_and_keys(client):
    code = begin(client)
    upload(client, ("story.png", picture()))
    draft = Draft.objects.get()
    later = Clock(now=draft.expires_at)
    assert (expire_drafts(clock=later), expire_drafts(clock=later)) == (1, 0)
    draft.refresh_from_db()
    assert (draft.state, bytes(draft.answers), Evidence.objects.count()) == ("EXPIRED", b"", 0)
    assert SealedBlob.objects.get().wrapped_key is None
    assert client.post("/lapor/lanjut/", {"kode": code.text}).status_code == 422


def test_there_is_a_most(client, settings):
    settings.EVIDENCE_MAX_FILES = 1
    begin(client)
    assert upload(client, ("satu.png", picture())).status_code == 302
    assert upload(client, ("dua.png", picture())).status_code == 422
    assert Evidence.objects.count() == 1


def test_evidence_moves_to_the_file_when_it_is_sent(client):
    begin(client)
    upload(client, ("story.png", picture()))
    fill(client, contest=factories.contest().pk)
    client.post("/lapor/kirim/", {"benar": "on"})
    evidence = Evidence.objects.get()
    assert (evidence.draft_id, evidence.matter_id, evidence.party.alias) == (
        None,
        evidence.report.matter_id,
        "Pelapor",
    )


def test_the_picture_of_the_card_is_identity_and_not_listed(client):
    begin(client)
    card = SimpleUploadedFile("ktp.png", picture())
    assert client.post("/lapor/identitas/", {**PERSON, "kartu": card}).status_code == 302
    assert Evidence.objects.get().is_identity
    assert "ktp.png" not in client.get("/lapor/bukti/").content.decode()


@given(st.text(max_size=400))
def test_every_name_can_be_shown(name):
    shown = cleaned_name(name)
    assert 0 < len(shown) <= NAME_LENGTH
    assert shown.isprintable()
    assert "/" not in shown


def test_the_card_belongs_to_the_identity_and_goes_with_it(client):
    begin(client)
    fill(client, contest=factories.contest().pk)
    for name in ("salah.png", "ktp.png"):
        card = SimpleUploadedFile(name, picture())
        assert client.post("/lapor/identitas/", {**PERSON, "kartu": card}).status_code == 302
    row = Evidence.objects.get(is_identity=True)
    assert row.original_name == "ktp.png"
    assert SealedBlob.objects.filter(erased_at__isnull=False).count() == 1
    process_evidence(evidence_id=row.pk, clock=read_clock())
    client.post("/lapor/kirim/", {"benar": "on"})
    reporter = Party.objects.get(kind="REPORTER")
    stored = [row.stored_as, *row.derivatives.values_list("stored_as", flat=True)]
    owners = SealedBlob.objects.filter(pk__in=map(int, stored)).values_list(
        "identity_id", flat=True
    )
    assert list(owners) == [reporter.identity_id] * len(stored)


def test_nothing_is_added_to_a_draft_that_was_sent_meanwhile(client):
    begin(client)
    fill(client, contest=factories.contest().pk)
    draft = Draft.objects.get()
    client.post("/lapor/kirim/", {"benar": "on"})
    with pytest.raises(DraftGone), transaction.atomic():
        room_left(draft_id=draft.pk)
