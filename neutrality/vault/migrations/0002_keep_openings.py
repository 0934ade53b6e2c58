"""Refuse every change of a written opening."""

from django.db import migrations

from neutrality.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [append_only("vault_opening")]
