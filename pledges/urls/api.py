"""The address of the API's description; those of its operations are ninja's."""

from django.urls import path

from pledges.views.api import docs

app_name = "roster_api"

urlpatterns = [path("", docs, name="docs")]
