"""Nobody looks up a code of verification or a hash by how it begins."""

from django.db import migrations

from neutrality.schema import without_patterns


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_let_agencies_seal")]

    operations = [without_patterns(tables=r"documents\_document")]
