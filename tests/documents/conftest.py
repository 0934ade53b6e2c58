"""An office, who acts, and a draft of each class."""

from datetime import UTC, datetime

import pytest

from neutrality.audit.actor import NATIONAL, Actor, ActorKind, Grant
from neutrality.audit.record import SubjectRef
from neutrality.documents.drafts import DocumentDraft
from neutrality.documents.models import Classification
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, OfficeLevel
from neutrality.organisations.models import Office
from tests.documents.samples import SAMPLES


@pytest.fixture
def clock():
    return Clock(now=datetime(2024, 1, 8, 9, 0, tzinfo=UTC))


@pytest.fixture
def actor():
    grant = Grant(role="intake", at=NATIONAL)
    return Actor(kind=ActorKind.USER, label="Petugas contoh", user_id=7, grants=(grant,))


@pytest.fixture
def office(db):
    national = Office.objects.filter(level=OfficeLevel.RI).first()
    return national or Office.objects.create(
        level=OfficeLevel.RI,
        path="RI",
        name="Bawaslu",
        address="Jalan Contoh 1\nJakarta",
        phone="021-000",
        time_zone="Asia/Jakarta",
        members=5,
    )


@pytest.fixture
def summary(office):
    """A draft of the case class."""
    return DocumentDraft(
        role=FormRole.CASE_SUMMARY,
        form_code="",
        classification=Classification.CASE,
        title="Resume perkara",
        office=office,
        subject=SubjectRef("matter", 5),
        number="001/RP/I/2024",
        content=SAMPLES["case_summary"].as_content(),
        matter_ref=5,
    )


@pytest.fixture
def report(office):
    """A draft of the identity class, with its twin."""
    content = SAMPLES["report"]
    return DocumentDraft(
        role=FormRole.REPORT,
        form_code="B.1",
        classification=Classification.IDENTITY,
        title="Formulir Laporan",
        office=office,
        subject=SubjectRef("report", 9),
        number="001/LP/PL/Kota/16.04/I/2024",
        content=content.as_content(),
        twin_content=content.masked().as_content(),
        matter_ref=5,
    )
