"""Addresses of seeing and chasing; part of those of the HR office."""

from django.urls import path

from pledges.views.hr import chasing, coverage

urlpatterns = [
    path("<uuid:public_id>/", coverage.round_page, name="round"),
    path("<uuid:public_id>/belum/", coverage.gaps, name="gaps"),
    path("<uuid:public_id>/pegawai/", coverage.people, name="people"),
    path("<uuid:public_id>/hari/", coverage.day, name="day"),
    path("<uuid:public_id>/naskah/", coverage.texts, name="texts"),
    path("<uuid:public_id>/banding/", coverage.compare, name="compare"),
    path("<uuid:public_id>/pukul/", coverage.hour, name="hour"),
    path("<uuid:public_id>/pukul/pdf/", coverage.hour_paper, name="hour_paper"),
    path("<uuid:public_id>/pengingat/", chasing.reminders, name="reminders"),
    path("<uuid:public_id>/alamat-gagal/", chasing.bounced, name="bounced"),
    path("<uuid:public_id>/kepala-unit/", chasing.heads, name="heads"),
    path("<uuid:public_id>/kepala-unit/<uuid:unit>/", chasing.head, name="head"),
    path("<uuid:public_id>/ekspor/", chasing.export, name="export"),
    path("orang/<uuid:public_id>/tidak-hadir/", chasing.absence, name="absence"),
    path("orang/<uuid:public_id>/kembali/", chasing.back_early, name="back_early"),
]
