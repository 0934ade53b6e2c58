"""The addresses of the HR office's pledges."""

from django.urls import path

from pledges.urls import chasing
from pledges.views.hr import ceremonies, exemptions, people, rounds

app_name = "pledges_hr"

urlpatterns = [
    path("", rounds.round_list, name="rounds"),
    path("buka/", rounds.open_page, name="open"),
    path("pengecualian/", exemptions.waiting, name="exemptions"),
    *chasing.urlpatterns,
    path("<uuid:public_id>/undang/", rounds.invite_all, name="invite_all"),
    path("<uuid:public_id>/mutasi/", rounds.moves, name="moves"),
    path("<uuid:public_id>/tutup/", rounds.close, name="close"),
    path("<uuid:public_id>/acara/", ceremonies.ceremony_list, name="ceremonies"),
    path("<uuid:public_id>/acara/catat/", ceremonies.record_ceremony, name="record_ceremony"),
    path("<uuid:public_id>/perwakilan/", ceremonies.represent, name="represent"),
    path(
        "<uuid:public_id>/perwakilan/<int:key>/batalkan/",
        ceremonies.annul,
        name="annul_representative",
    ),
    path("orang/<uuid:public_id>/", people.person, name="person"),
    path("orang/<uuid:public_id>/langkah/<str:action>/", people.step, name="step"),
    path("orang/<uuid:public_id>/alamat/", people.contact, name="contact"),
    path("orang/<uuid:public_id>/tautan/", people.new_link, name="new_link"),
    path("orang/<uuid:public_id>/pengecualian/", exemptions.ask, name="ask_exemption"),
    path("orang/<uuid:public_id>/pengecualian/bukti/", exemptions.evidence, name="exemption_scan"),
    path("orang/<uuid:public_id>/pengecualian/putus/", exemptions.decide, name="decide_exemption"),
    path("orang/<uuid:public_id>/surat/", people.certificate, name="certificate"),
    path("orang/<uuid:public_id>/pindaian/", people.scan, name="scan"),
]
