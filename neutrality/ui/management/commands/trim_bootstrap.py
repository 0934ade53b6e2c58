"""`manage.py trim_bootstrap`: write the part of Bootstrap's style sheet that our pages use."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from neutrality.ui.stylesheets import bootstrap, trimmed


class Command(BaseCommand):
    """Write `static/css/bootstrap.css`; to be run when Bootstrap or the list of classes changes."""

    help = "Write the part of Bootstrap's style sheet that the pages use."

    def handle(self, *args: object, **options: object) -> None:
        """Write the file and say how large it is."""
        del args, options
        css = trimmed(bootstrap())
        (Path(settings.STATICFILES_DIRS[0]) / "css" / "bootstrap.css").write_text(css, "utf-8")
        self.stdout.write(f"static/css/bootstrap.css: {len(css):,} bytes")
