"""The addresses at which offices and agencies publish."""

from django.urls import path

from complaints.views.staff import publications

patterns = [
    path("penerbitan/", publications.own, name="publications"),
    path("penerbitan/baru/", publications.new, name="publication_new"),
    path("penerbitan/<uuid:public_id>/tarik/", publications.take_back, name="publication_withdraw"),
]
