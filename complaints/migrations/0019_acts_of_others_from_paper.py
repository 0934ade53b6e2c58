import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0018_find_the_work"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="examination",
            name="acting_party",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="examination",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="examination",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="examination",
            name="source_dated_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="examination",
            name="source_number",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="referralitem",
            name="inactive_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("MOVED", "Pindah jabatan atau unit kerja"),
                    ("TRANSFERRED", "Pindah instansi"),
                    ("RETIRED", "Pensiun"),
                    ("DIED", "Meninggal dunia"),
                    ("RESIGNED", "Mengundurkan diri"),
                    ("DISMISSED", "Diberhentikan"),
                    ("CONTRACT_END", "Masa perjanjian kerja berakhir"),
                    ("NOT_LISTED", "Tidak tercantum lagi dalam data instansi"),
                    ("OTHER", "Sebab lain"),
                ],
                max_length=14,
            ),
        ),
        migrations.AddField(
            model_name="sanctionstep",
            name="acting_party",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="sanctionstep",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sanctionstep",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sanctionstep",
            name="source_dated_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sanctionstep",
            name="source_number",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddConstraint(
            model_name="examination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="examination_confirmed_at_with_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="examination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("acting_party", ""),
                        ("source_dated_on__isnull", True),
                        ("source_number", ""),
                        ("confirmed_at__isnull", True),
                    ),
                    models.Q(
                        models.Q(("acting_party", ""), _negated=True),
                        models.Q(("source_number", ""), _negated=True),
                        ("source_dated_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="examination_from_a_named_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "SUBJECT_INACTIVE"), ("inactive_as", ""), _connector="OR"
                ),
                name="referral_item_inactive_as_while_inactive",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="sanction_step_confirmed_at_with_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("acting_party", ""),
                        ("source_dated_on__isnull", True),
                        ("source_number", ""),
                        ("confirmed_at__isnull", True),
                    ),
                    models.Q(
                        models.Q(("acting_party", ""), _negated=True),
                        models.Q(("source_number", ""), _negated=True),
                        ("source_dated_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="sanction_step_from_a_named_paper",
            ),
        ),
    ]
