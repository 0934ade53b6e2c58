"""The addresses of the roster: imports, units, people, keys."""

from django.urls import path

from pledges.views.hr.roster import imports, people, tokens, units

app_name = "roster"

urlpatterns = [
    path("", imports.history, name="history"),
    path("unggah/", imports.upload, name="upload"),
    path("impor/<uuid:public_id>/", imports.one, name="import"),
    path("impor/<uuid:public_id>/kolom/", imports.columns, name="columns"),
    path("impor/<uuid:public_id>/unit/", imports.units, name="import_units"),
    path("impor/<uuid:public_id>/kemajuan/", imports.progress, name="progress"),
    path("impor/<uuid:public_id>/perubahan/<str:kind>/", imports.changes, name="changes"),
    path("impor/<uuid:public_id>/kesalahan/", imports.errors, name="errors"),
    path("impor/<uuid:public_id>/terapkan/", imports.confirm, name="confirm"),
    path("impor/<uuid:public_id>/bandingkan/", imports.compare, name="compare_again"),
    path("impor/<uuid:public_id>/batalkan/", imports.discard, name="discard"),
    path("unit/", units.tree, name="units"),
    path("unit/tambah/", units.add_upper, name="add_upper_unit"),
    path("unit/<uuid:public_id>/", units.unit, name="unit"),
    path("unit/<uuid:public_id>/tambah/", units.add, name="add_unit"),
    path("unit/<uuid:public_id>/nama/", units.rename, name="rename_unit"),
    path("unit/<uuid:public_id>/gabung/", units.merge, name="merge_unit"),
    path("unit/<uuid:public_id>/pindah/", units.move, name="move_unit"),
    path("orang/<uuid:public_id>/", people.person, name="person"),
    path("orang/<uuid:public_id>/mutasi/", people.change, name="move"),
    path("orang/<uuid:public_id>/keluar/", people.leave, name="leave"),
    path("orang/<uuid:public_id>/cuti/", people.unpaid_leave, name="unpaid_leave"),
    path("kunci/", tokens.tokens, name="tokens"),
    path("kunci/<int:pk>/cabut/", tokens.revoke, name="revoke_token"),
]
