"""Circulars and outreach material: who sees them, from which file, until when."""

import io
from datetime import date
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from neutrality.accounts.roles import Role
from neutrality.audit.models import AuditRow
from neutrality.documents.models import Publication, PublicationKind
from neutrality.documents.publications import (
    LARGEST,
    AlreadyWithdrawn,
    NotPublishable,
    PublicationGiven,
    publications_for,
    publish,
    withdraw,
)
from neutrality.organisations.models import Agency, Office, Region
from tests.complaints import factories as make

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 contoh"
CLOCK = make.at(16)


def issue(title, *, office=None, agency=None, day=1, content=PDF):
    given = PublicationGiven(
        kind=PublicationKind.CIRCULAR,
        office=office,
        agency=agency,
        title=title,
        number="SE-1",
        dated_on=date(2025, 6, day),
    )
    actor = make.actor("Admin contoh", Role.ADMIN, is_national=True)
    return publish(given=given, file=io.BytesIO(content), actor=actor, clock=CLOCK)


def agency(code, region):
    return Agency.objects.create(
        code=code, path=code, name=f"Instansi {code}", kind="CITY", region=region
    )


def titles(**where):
    return [row.title for row in publications_for(**where)]


def test_a_region_sees_its_own_those_above_and_the_nation_s(django_assert_num_queries):
    kediri, surabaya = (Region.objects.get(code=code) for code in ("35.71", "35.78"))
    issue("nasional", office=Office.objects.get(level="RI"), day=1)
    issue("provinsi", office=Office.objects.get(region__code="35"), day=2)
    issue("kota", agency=agency("KOTA", kediri), day=3)
    issue("kementerian", agency=agency("KEMENTERIAN", None), day=4)
    issue("kota lain", agency=agency("LAIN", surabaya), day=5)

    with django_assert_num_queries(1):
        assert [row.issuer for row in publications_for(region=kediri)][:1] == [
            "Instansi KEMENTERIAN"
        ]
    assert titles(region=kediri) == ["kementerian", "kota", "provinsi", "nasional"]
    assert titles(region=surabaya) == ["kota lain", "kementerian", "provinsi", "nasional"]
    assert titles(limit=2) == ["kota lain", "kementerian"]


def test_everybody_downloads_it_until_it_is_withdrawn(client):
    row = issue("edaran", office=make.office())
    answer = client.get(f"/publikasi/{row.public_id}/")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PDF)
    assert answer["Content-Disposition"] == 'attachment; filename="circular-2025-06-01.pdf"'
    assert (row.sha256, row.size) == (sha256(PDF).hexdigest(), len(PDF))

    actor = make.actor("Admin contoh", Role.ADMIN, is_national=True)
    withdraw(publication_id=row.pk, actor=actor, clock=CLOCK)
    assert client.get(f"/publikasi/{row.public_id}/").status_code == 404
    assert titles() == []
    with pytest.raises(AlreadyWithdrawn):
        withdraw(publication_id=row.pk, actor=actor, clock=CLOCK)
    acts = AuditRow.objects.filter(subject_kind="publication", subject_id=row.pk)
    assert list(acts.order_by("position").values_list("what", flat=True)) == [
        "publication.publish",
        "publication.withdraw",
    ]


@pytest.mark.parametrize("content", [b"", b"<html>", PDF + b"x" * LARGEST])
def test_other_files_are_refused(content):
    with pytest.raises(NotPublishable):
        issue("aneh", office=make.office(), content=content)
    assert not Publication.objects.exists()


def test_an_administrator_publishes_and_withdraws_in_the_admin_site(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(make.user("Admin contoh", Role.ADMIN, is_national=True))
    given = {
        "kind": "OUTREACH",
        "office": make.office().pk,
        "title": "Poster netralitas",
        "dated_on": "2025-06-02",
    }
    upload = SimpleUploadedFile("poster.pdf", b"<svg>")
    refused = client.post("/admin/documents/publication/add/", {**given, "upload": upload})
    assert (refused.status_code, Publication.objects.count()) == (200, 0)

    upload = SimpleUploadedFile("poster.pdf", PDF)
    added = client.post("/admin/documents/publication/add/", {**given, "upload": upload})
    row = Publication.objects.get()
    assert (added.status_code, row.title, row.media_type) == (
        302,
        "Poster netralitas",
        "application/pdf",
    )
    page = f"/admin/documents/publication/{row.pk}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, {**given, "title": "Lain"}).status_code == 403
    for _twice in range(2):
        act = {"action": "withdraw", "_selected_action": [row.pk]}
        assert client.post("/admin/documents/publication/", act).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.withdrawn_at is None) == ("Poster netralitas", False)
    assert client.get("/admin/documents/document/").status_code == 403


def test_nobody_else_finds_the_table(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(make.user("Staf contoh", Role.HANDLER, office=make.office()))
    assert client.get("/admin/documents/publication/").status_code == 404
