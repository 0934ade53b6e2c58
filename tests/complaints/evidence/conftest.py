"""A file of a report, with people of its office, of a colleague's and of a foreign one."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import time_machine

from complaints.codes import DerivativeKind
from complaints.models import Derivative, Evidence, Matter
from complaints.services.evidence_intake import ArrivedFile, Owner, take_in_file
from complaints.services.lodge import lodge_report
from complaints.services.process_evidence import process_evidence
from neutrality.audit.actor import CITIZEN
from tests.complaints import factories as make
from tests.complaints.evidence import files


@pytest.fixture
def matter(db):
    """The matter of a fresh report in Kediri."""
    return lodge_report(given=make.lodging(), actor=CITIZEN, clock=make.at(16, 9)).matter


@dataclass
class Desk:
    """Takes files in and examines them."""

    matter: Matter
    folder: Path
    given: int = field(default=0)

    def take_in(self, content, name="bukti.jpg", **options):
        """Seal a file as it came."""
        self.given += 1
        path = self.folder / f"{self.given}"
        path.write_bytes(content)
        file = ArrivedFile(
            name=name,
            path=path,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            pieces=[content],
        )
        owner = options.pop("owner", Owner(matter_id=self.matter.pk))
        return take_in_file(file=file, owner=owner, actor=CITIZEN, clock=make.at(16, 9), **options)

    def examined(self, content, name="bukti.jpg", **options):
        """Take a file in, examine it, and return it as it stands then."""
        evidence = self.take_in(content, name, **options)
        process_evidence(evidence_id=evidence.pk, clock=make.at(16, 10))
        return Evidence.objects.get(pk=evidence.pk)

    def photo(self):
        """The cleaned copy of a photograph."""
        evidence = self.examined(files.photo_with_place())
        return Derivative.objects.get(evidence=evidence, kind=DerivativeKind.CLEANED)


@pytest.fixture
def desk(matter, tmp_path):
    """A desk at which files of this matter arrive."""
    return Desk(matter, tmp_path)


@pytest.fixture
def today():
    """The clock of the pages stands on the Monday of the factories."""
    with time_machine.travel(make.at(16, 11).now, tick=False):
        yield
