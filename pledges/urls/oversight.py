"""The addresses of who supervises agencies."""

from django.urls import path

from pledges.views.hr import oversight

app_name = "pledges_oversight"

urlpatterns = [path("", oversight.agencies, name="agencies")]
