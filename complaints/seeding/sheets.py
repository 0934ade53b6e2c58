"""Rows for COPY: one sheet per table, keys given ahead, written while the next rows are made."""

import json
import sys
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from typing import Any, Final, Self

from django.db import connection
from django.db.models import Field, Model
from psycopg2 import sql

# What `str` makes of None, so that a row is one formatting operation and no loop over its values.
NULL: Final = "None"
# Where a value goes in a line.
HOLE: Final = "%s"
# Seconds after which a thread that waits for the interpreter gets it.
_INTERVAL: Final = 0.0002
# A statement, with what it copies.
Piece = tuple[str, bytes | None]
_ESCAPES: Final = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"})


def escaped(text: str) -> str:
    """Return a text as COPY wants it; only what may hold backslashes and breaks needs this."""
    return text.translate(_ESCAPES)


def hexed(data: bytes | memoryview) -> str:
    """Return bytes as COPY wants them."""
    return rf"\\x{data.hex()}"


class Sheet:
    """The rows of one table that wait to be copied.

    The columns that are not named get the default of their field in every row.

    Attributes:
        frozen: Whether the rows arrive as if they had always been there, so that nobody has to
            mark them later. Only for a table that got a new file in this transaction.
    """

    def __init__(self, model: type[Model], *names: str, apart: Sequence[str] = ()) -> None:
        """Begin after the highest key that the table or its sequence knows; leave out `apart`."""
        self.model = model
        self.table = model._meta.db_table  # noqa: SLF001
        self.names = names
        given = [_column(model, name) for name in names]
        told = [*given, *(_column(model, name) for name in apart)]
        rest = {
            field: _cell(escaped(default))
            for field in _columns(model)
            if field not in told and (default := _default(field)) != NULL
        }
        self.columns = ["id", *(str(field.column) for field in (*given, *rest))]
        self.frozen = False
        self._constants = list(rest.values())
        self.line = self.line_with()
        self.next_id = self._first_free_key()
        self.lines: list[str] = []

    def line_with(self, **values: object) -> str:
        """Return a line for `put` in which these of the named columns are filled already."""
        cells = (_cell(str(values[name])) if name in values else HOLE for name in self.names)
        return "\t".join([HOLE, *cells, *self._constants]) + "\n"

    def add(self, *values: str | float | None) -> int:
        """Write a row with the named columns in their order; return its key.

        Texts hold neither tabs nor line breaks nor backslashes, unless `escaped`: COPY refuses a
        line with a cell too many or too few.
        """
        return self.put(self.line, *values)

    def put(self, line: str, *values: str | float | None) -> int:
        """Write a row by a line of `line_with`, whose holes get these values; return its key."""
        key = self.next_id
        self.next_id = key + 1
        self.lines.append(line % (key, *values))
        return key

    def take(self) -> bytes:
        """Return the waiting rows and forget them."""
        text, self.lines = "".join(self.lines), []
        return text.encode()

    def move_sequence(self) -> None:
        """Let the table's sequence go on behind the keys that were given."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)",
                [f'"{self.table}"', self.next_id],
            )

    def pieces(self) -> list[Piece]:
        """Return what copies the waiting rows, and forget them."""
        return [(_copy_statement(self.table, self.columns, frozen=self.frozen), self.take())]

    def _first_free_key(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [f'"{self.table}"'])
            (sequence,) = cursor.fetchone() or ("",)
            cursor.execute(
                f"SELECT greatest((SELECT coalesce(max(id), 0) FROM {connection.ops.quote_name(self.table)}),"  # noqa: S608
                f" (SELECT last_value - (NOT is_called)::int FROM {sequence})) + 1"
            )
            return int((cursor.fetchone() or (1,))[0])


class SharedSheet(Sheet):
    """A sheet whose rows share long values: each set of these is copied once and has a number.

    The rows name that number (`shared`, their first column); the database joins the two. A set may
    hold the values of several rows: what names it stands for all of them, with keys in sequence.
    They come by INSERT, and so are never frozen.
    """

    def __init__(
        self, model: type[Model], *names: str, apart: Sequence[str], each: int = 1
    ) -> None:
        """Begin like a sheet; `apart` are the names of what is shared, `each` the rows of a set."""
        super().__init__(model, *names, apart=apart)
        own, shared = self.columns[1:], [str(_column(model, name).column) for name in apart]
        self.names, self.columns = ("shared", *names), ["id", "shared", *own]
        self.line = self.line_with()
        self._each = each
        self._sets: list[str] = []
        self._known = 0
        self._rows, self._values = f"seed_{self.table}", f"seed_shared_{self.table}"
        self._copies_sets = _copy_statement(self._values, ["shared", "later", *shared])
        self._make(self._rows, ["id", *own])
        self._make(self._values, shared)
        self._joins = _statement(
            "INSERT INTO {0} (id, {1}) SELECT id + {3}.later, {1} FROM {2} JOIN {3} USING (shared);"
            " TRUNCATE {2}",
            [self.table],
            [*own, *shared],
            [self._rows],
            [self._values],
        )

    def _make(self, name: str, columns: Sequence[str]) -> None:
        """Make a table with some columns of the model's own, a set's number and a row's in it."""
        text = (
            "CREATE TEMP TABLE {} ON COMMIT DROP AS"
            " SELECT 0 AS shared, 0 AS later, {} FROM {} WITH NO DATA"
        )
        with connection.cursor() as cursor:
            cursor.execute(_statement(text, [name], columns, [self.table]))

    def share(self, *rows: Sequence[str]) -> int:
        """Return the number of a set of shared values, in their order, for each row of the set."""
        assert len(rows) == self._each  # noqa: S101 - else keys would meet
        self._known += 1
        for later, values in enumerate(rows):
            self._sets.append("\t".join([str(self._known), str(later), *values]) + "\n")
        return self._known

    def put(self, line: str, *values: str | float | None) -> int:
        """Write what stands for the rows of a set; return the key of the first."""
        key = super().put(line, *values)
        self.next_id = key + self._each
        return key

    def pieces(self) -> list[Piece]:
        """Return what copies new sets and the waiting rows and joins them; forget them."""
        sets, self._sets = "".join(self._sets).encode(), []
        rows = (_copy_statement(self._rows, self.columns), self.take())
        return [(self._copies_sets, sets), rows, (self._joins, None)]


class Press:
    """Copies sheets in the background, in the caller's transaction, batch after batch.

    The tables are locked against other writers until the transaction ends, because keys are given
    here. Triggers do not fire (`session_replication_role`, for which the role must be a superuser
    as the embedded one is): what they would check or compute, the maker of the rows has to. CHECK,
    UNIQUE and EXCLUDE constraints hold as always. Between `run` and `finish` nobody else may use
    the connection: it is busy copying.
    """

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        """Lock the tables and switch their triggers off until the transaction ends."""
        self.sheets = sheets
        self.worker = ThreadPoolExecutor(max_workers=1)
        self.running: deque[Future[None]] = deque()
        # Who copies asks for the interpreter some hundred times a batch, and the database waits.
        self._interval = sys.getswitchinterval()
        sys.setswitchinterval(_INTERVAL)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for the batch that is under way, and drop the next: the transaction may be over."""
        self.worker.shutdown(cancel_futures=True)
        sys.setswitchinterval(self._interval)

    def run(self) -> None:
        """Copy what the sheets hold; waits only while two batches are under way."""
        self.wait(leave=1)
        batch = [piece for sheet in self.sheets if sheet.lines for piece in sheet.pieces()]
        self.running.append(self.worker.submit(_copy, connection.connection, batch))

    def wait(self, *, leave: int = 0) -> None:
        """Wait until so many batches are under way; raises what went wrong with the others."""
        while len(self.running) > leave:
            self.running.popleft().result()

    def finish(self) -> None:
        """Copy the rest, move the sequences and let triggers fire again."""
        self.run()
        self.wait()
        for sheet in self.sheets:
            sheet.move_sequence()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = origin")


def lock_tables(models: Iterable[type[Model]]) -> None:
    """Keep other writers off these tables until the transaction ends; readers go on."""
    names = sorted(connection.ops.quote_name(model._meta.db_table) for model in models)  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE")


def _copy(raw: Any, batch: list[Piece]) -> None:  # noqa: ANN401 - psycopg2 has no type
    with raw.cursor() as cursor:
        for statement, data in batch:
            if data is None:
                cursor.execute(statement)
            else:
                # In one go: for each part this thread would wait for the one that makes rows.
                cursor.copy_expert(statement, BytesIO(data), size=len(data))


def _copy_statement(table: str, columns: Sequence[str], *, frozen: bool = False) -> str:
    text = f"COPY {{}} ({{}}) FROM STDIN WITH (NULL '{NULL}', FREEZE {frozen})"
    return _statement(text, [table], columns)


def _statement(text: str, *names: Sequence[str]) -> str:
    """Return a statement with lists of names in its holes."""
    listed = (sql.SQL(", ").join(map(sql.Identifier, each)) for each in names)
    return sql.SQL(text).format(*listed).as_string(connection.connection)


def _cell(text: str) -> str:
    return text.replace("%", "%%")


def _columns(model: type[Model]) -> "list[Field[Any, Any]]":
    return [
        field
        for field in model._meta.concrete_fields  # noqa: SLF001
        if not field.generated and not field.primary_key
    ]


def _column(model: type[Model], name: str) -> "Field[Any, Any]":
    field = model._meta.get_field(name)  # noqa: SLF001
    assert isinstance(field, Field)  # noqa: S101 - sheets name columns
    return field


def _default(field: "Field[Any, Any]") -> str:
    """Return what Django would store: its default, else empty text, else nothing."""
    value = field.get_default()
    plain = value() if callable(value) else value
    return json.dumps(plain) if isinstance(plain, dict | list) else str(plain)
