"""A round keeps whether staff who are no civil servants sign too, for those who join later."""

from django.db import migrations, models

# Of the rounds that were opened before: those that asked one of them asked all.
ASKED = """
UPDATE pledges_round round SET with_non_asn = true WHERE EXISTS (
    SELECT FROM pledges_obligation owed
    JOIN personnel_employment post ON post.id = owed.employment_id
    WHERE owed.round_id = round.id AND post.kind = 'NON_ASN')
"""


class Migration(migrations.Migration):
    dependencies = [("pledges", "0001_squashed_0011_reminder_send_at")]

    operations = [
        migrations.AddField(
            model_name="round",
            name="with_non_asn",
            field=models.BooleanField(default=False, verbose_name="pegawai non-ASN juga diminta"),
        ),
        migrations.RunSQL(ASKED, migrations.RunSQL.noop),
    ]
