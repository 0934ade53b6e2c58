"""Telling every process that the law changed."""

from django.db import connection, transaction

from neutrality.law import books


def bump_version() -> None:
    """Add one to the version and forget this process' books when the transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO law_lawversion (id, number) VALUES (1, 1)"
            " ON CONFLICT (id) DO UPDATE SET number = law_lawversion.number + 1"
        )
    transaction.on_commit(books.forget)
