"""The web application for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neutrality.settings.production")

application = get_wsgi_application()

# What was loaded stays for the life of the process and is not walked through any more. A page
# makes some ten thousand objects that end with it, before anything has to look for cycles.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 10, 10)
