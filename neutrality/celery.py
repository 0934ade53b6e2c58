"""The task queue."""

from celery import Celery
from django_structlog.celery.steps import DjangoStructLogInitStep

app = Celery("neutrality")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()
