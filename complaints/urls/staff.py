"""The addresses of the pages for the staff of the supervisory offices."""

from django.urls import path

from complaints.urls import case, desk, evidence, oversight, publications, registers, staff_intake
from complaints.views.staff import readdressing, referral

app_name = "staff"
urlpatterns = [
    *staff_intake.patterns,
    path("perkara/<str:public_id>/teruskan/", referral.send, name="send_package"),
    path("penerusan/", referral.items, name="items"),
    path("penerusan/alihkan/", readdressing.readdress, name="readdress"),
    path("penerusan/<str:public_id>/", referral.item, name="item"),
    path("penerusan/<str:public_id>/langkah/<str:action>/", referral.item_step, name="item_step"),
    path(
        "penerusan/<str:public_id>/pemeriksaan/",
        referral.item_examination,
        name="item_examination",
    ),
    path(
        "penerusan/<str:public_id>/sanksi/<int:sanction_id>/",
        referral.item_sanction,
        name="item_sanction",
    ),
    path("penerusan/<str:public_id>/nomor/", referral.item_number, name="item_number"),
    path(
        "penerusan/<str:public_id>/dokumen/<uuid:document_id>/",
        referral.item_paper,
        name="item_paper",
    ),
    path(
        "penerusan/<str:public_id>/paket/<str:package_id>/",
        referral.package_archive,
        name="package_archive",
    ),
    path(
        "penerusan/<str:public_id>/paket/<str:package_id>/tiba/",
        referral.arrival,
        name="package_arrival",
    ),
    *case.patterns,
    *evidence.patterns,
    *registers.patterns,
    *desk.patterns,
    *oversight.patterns,
    *publications.patterns,
]
