"""Who owes what is found by person through the index that keeps a person from being asked twice.

An index by person alone was one more to write for each of a million duties.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

OLD, NEW = "obligation_once_per_round_and_person", "obligation_once_per_person_and_round"
BY_PERSON = "pledges_obligation_person_id_b816f65a"


def swap(columns: str, *, made: str, dropped: str) -> list[str]:
    """Return the statements: nobody who signs meanwhile waits for the index."""
    return [
        f"CREATE UNIQUE INDEX CONCURRENTLY {made} ON pledges_obligation ({columns})",
        f"ALTER TABLE pledges_obligation ADD CONSTRAINT {made} UNIQUE USING INDEX {made}",
        f"ALTER TABLE pledges_obligation DROP CONSTRAINT {dropped}",
    ]


FORTH: Any = [
    *swap("person_id, round_id", made=NEW, dropped=OLD),
    f"DROP INDEX CONCURRENTLY {BY_PERSON}",
]
BACK: Any = [
    f"CREATE INDEX CONCURRENTLY {BY_PERSON} ON pledges_obligation (person_id)",
    *swap("round_id, person_id", made=OLD, dropped=NEW),
]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("personnel", "0004_keep_rosters_whole"),
        ("pledges", "0013_tell_who_attests_the_time"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORTH, BACK)],
            state_operations=[
                migrations.RemoveConstraint(model_name="obligation", name=OLD),
                migrations.AddConstraint(
                    model_name="obligation",
                    constraint=models.UniqueConstraint(fields=("person", "round"), name=NEW),
                ),
                migrations.AlterField(
                    model_name="obligation",
                    name="person",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledge_obligations",
                        to="personnel.person",
                    ),
                ),
            ],
        ),
    ]
