"""Hand over a package as one archive: its papers, its copies and their hashes."""

import hashlib
import mimetypes
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from complaints.models import Derivative, ReferralPackage
from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record_access
from neutrality.documents.models import Document
from neutrality.documents.opening import pdf_bytes
from neutrality.law.clock import Clock
from neutrality.vault.services import open_stream

WHY: Final = "Isi paket penerusan"
HASHES: Final = "SHA256SUMS.txt"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive; `pieces` are read once."""

    name: str
    sha256: str
    pieces: Iterable[bytes]


class _Pipe:
    """What zipfile writes to: the bytes wait here until the response takes them."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def write(self, data: bytes) -> int:
        self.waiting += data
        return len(data)

    def flush(self) -> None:
        """Nothing lies anywhere else."""

    def take(self) -> bytes:
        taken = bytes(self.waiting)
        self.waiting.clear()
        return taken


def package_parts(*, package: ReferralPackage, actor: Actor, clock: Clock) -> list[Part]:
    """Return the files of a package; every opening leaves its trace before a byte is read.

    Only the papers and the copies that were released and sent are in it. The caller has decided
    that the actor may read this package; its papers are joined.
    """
    record_access(
        what="package.downloaded",
        subject=SubjectRef("matter", package.matter_id),
        actor=actor,
        clock=clock,
        data={"package": package.pk},
    )
    papers = [each for each in (package.letter, package.summary, package.evidence_list) if each]
    parts = [_paper(place, row, actor, clock) for place, row in enumerate(papers, start=1)]
    copies = package.derivatives.select_related("evidence").order_by("pk")
    parts += [_copy(place, row, package, actor, clock) for place, row in enumerate(copies, start=1)]
    return [_hashes(parts), *parts]


def archive(parts: Iterable[Part]) -> Iterator[bytes]:
    """Yield a ZIP of the parts, piece by piece; nothing is held whole in memory."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as bundle:  # type: ignore[call-overload]
        for part in parts:
            with bundle.open(zipfile.ZipInfo(part.name), "w", force_zip64=True) as entry:
                for piece in part.pieces:
                    entry.write(piece)
                    yield pipe.take()
            yield pipe.take()
    yield pipe.take()


def _paper(place: int, row: Document, actor: Actor, clock: Clock) -> Part:
    pdf = pdf_bytes(document=row, actor=actor, clock=clock)
    name = f"{place}-{row.role.lower()}.pdf"
    return Part(name=name, sha256=hashlib.sha256(pdf).hexdigest(), pieces=[pdf])


def _copy(
    place: int, row: Derivative, package: ReferralPackage, actor: Actor, clock: Clock
) -> Part:
    """Name the copy by its number in the list of evidence, not by the name that it arrived with."""
    ending = mimetypes.guess_extension(row.media_type) or ".bin"
    pieces = open_stream(
        blob_id=int(row.stored_as),
        reason=WHY,
        subject=SubjectRef("matter", package.matter_id),
        actor=actor,
        clock=clock,
    )
    return Part(name=f"salinan-bukti-{place}{ending}", sha256=row.sha256, pieces=pieces)


def _hashes(parts: Iterable[Part]) -> Part:
    text = "".join(f"{part.sha256}  {part.name}\n" for part in parts).encode()
    return Part(name=HASHES, sha256=hashlib.sha256(text).hexdigest(), pieces=[text])
