"""The addresses of files that come part by part: into an unsent report, a mailbox, a room."""

from django.urls import path

from complaints.views.public import evidence, trays, tus

patterns = [
    path("lapor/bukti/unggah/", tus.creation, name="report_uploads"),
    path("lapor/bukti/unggah/<str:public_id>/", tus.upload, name="report_upload"),
    path(
        "lapor/bukti/unggah/<str:public_id>/hapus/",
        evidence.give_up,
        name="report_upload_give_up",
    ),
    path("lapor/bukti/<str:public_id>/", evidence.about_file, name="report_evidence"),
]
mailbox_patterns = [
    path("lacak/laporan/unggah/<slug:purpose>/", tus.mailbox_creation, name="mailbox_uploads"),
    path(
        "lacak/laporan/unggah/<slug:purpose>/<str:public_id>/",
        tus.mailbox_upload,
        name="mailbox_upload",
    ),
    path(
        "lacak/laporan/unggah/<slug:purpose>/<str:public_id>/hapus/",
        trays.mailbox_give_up,
        name="mailbox_upload_give_up",
    ),
    path(
        "undangan/saya/unggah/<slug:purpose>/", tus.invitation_creation, name="invitation_uploads"
    ),
    path(
        "undangan/saya/unggah/<slug:purpose>/<str:public_id>/",
        tus.invitation_upload,
        name="invitation_upload",
    ),
    path(
        "undangan/saya/unggah/<slug:purpose>/<str:public_id>/hapus/",
        trays.invitation_give_up,
        name="invitation_upload_give_up",
    ),
]
