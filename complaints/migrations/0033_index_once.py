"""Keys that begin another index, and codes that nobody looks up by their beginning, have one index."""

import django.db.models.deletion
from django.db import migrations, models

from neutrality.schema import without_patterns


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0032_find_assessments_by_writer"),
        ("organisations", "0004_name_relations"),
    ]

    operations = [
        migrations.AlterField(
            model_name="allegation",
            name="incident",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allegations",
                to="complaints.incident",
            ),
        ),
        migrations.AlterField(
            model_name="assessment",
            name="matter",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assessments",
                to="complaints.matter",
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="meeting",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendance",
                to="complaints.plenarymeeting",
            ),
        ),
        migrations.AlterField(
            model_name="completionrequest",
            name="report",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="completions",
                to="complaints.report",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="matter",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="complaints.matter",
            ),
        ),
        migrations.AlterField(
            model_name="handling",
            name="office",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.office",
            ),
        ),
        migrations.AlterField(
            model_name="party",
            name="matter",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parties",
                to="complaints.matter",
            ),
        ),
        migrations.AlterField(
            model_name="requirementcheck",
            name="report",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checks",
                to="complaints.report",
            ),
        ),
        migrations.AlterField(
            model_name="vote",
            name="item",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="votes",
                to="complaints.agendaitem",
            ),
        ),
        without_patterns(tables=r"complaints\_%"),
    ]
