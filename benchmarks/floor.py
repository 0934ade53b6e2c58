"""The tables of the floor."""

from typing import Final

from django.db import connection

TABLES: Final = """
    DROP TABLE IF EXISTS bench_read, bench_first, bench_second, bench_third;
    CREATE TABLE bench_read (
        id bigserial PRIMARY KEY, place integer NOT NULL, due_at timestamptz NOT NULL,
        number text NOT NULL, person text NOT NULL, agency text NOT NULL, state text NOT NULL
    );
    INSERT INTO bench_read (place, due_at, number, person, agency, state)
        SELECT n %% 500, now() + n * interval '1 minute', 'S26-' || n, 'Lurah contoh',
               'Kelurahan Contoh', 'SUBMITTED'
        FROM generate_series(1, %s) AS n;
    CREATE INDEX bench_read_by_place ON bench_read (place, due_at, id);
    CREATE TABLE bench_first (id bigserial PRIMARY KEY, body text NOT NULL, at timestamptz NOT NULL);
    CREATE TABLE bench_second (
        id bigserial PRIMARY KEY, first_id bigint NOT NULL REFERENCES bench_first,
        body text NOT NULL
    );
    CREATE TABLE bench_third (
        id bigserial PRIMARY KEY, first_id bigint NOT NULL REFERENCES bench_first,
        body text NOT NULL
    );
"""


def lay(rows: int) -> None:
    """Make the tables of the floor, with so many rows to read from."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [rows])
