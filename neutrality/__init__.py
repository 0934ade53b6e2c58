"""The platform that complaints and pledges stand on."""

from neutrality.celery import app as celery_app

# Tasks declared with `shared_task` belong to this application in every process.
__all__ = ["celery_app"]
