"""The file of an import, opened again: its bytes, or its rows whatever wrote them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from neutrality.audit.actor import Actor
from neutrality.law.clock import Clock
from neutrality.personnel.codes import FileKind
from neutrality.personnel.models import RosterImport
from neutrality.personnel.roster import error_file, excel
from neutrality.personnel.roster.errors import FileProblem, FileRefused
from neutrality.personnel.roster.layout import Layout
from neutrality.personnel.roster.reading import Row, rows_of_csv
from neutrality.vault.services import open_stream

_WHY: Final = "Impor data pegawai"


def open_file(*, place: RosterImport, actor: Actor, clock: Clock) -> Iterable[bytes]:
    """The bytes of the file as it was handed in; the opening is recorded.

    Raises:
        FileRefused: It was erased.
    """
    if place.blob_id is None:
        raise FileRefused(FileProblem.FILE_GONE)
    return open_stream(
        blob_id=place.blob_id,
        reason=_WHY,
        subject=place.ref(),
        actor=actor,
        clock=clock,
        organisation=place.agency.ref(),
    )


@contextmanager
def rows_of_file(
    *, place: RosterImport, actor: Actor, clock: Clock
) -> Iterator[Iterator[tuple[int, Row]]]:
    """The rows of the file with their numbers; the opening is recorded.

    Raises:
        FileRefused: The file was erased, or cannot be read.
    """
    layout = Layout.from_json(place.layout)
    pieces = open_file(place=place, actor=actor, clock=clock)
    if place.file_kind == FileKind.CSV:
        rows = rows_of_csv(pieces=pieces, layout=layout)
        yield error_file.as_they_were(rows) if error_file.came_from_here(layout) else rows
        return
    with excel.as_csv(pieces) as table:
        yield rows_of_csv(pieces=excel.blocks(table), layout=layout)
