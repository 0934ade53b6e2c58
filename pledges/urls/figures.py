"""The addresses of the public figures."""

from django.urls import path

from pledges.views.public import figures

app_name = "pledges_figures"

urlpatterns = [
    path("", figures.agencies, name="agencies"),
    path("<uuid:public_id>/", figures.agency, name="agency"),
]
