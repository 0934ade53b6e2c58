"""The addresses of files that come into an unsent report, part by part or whole."""

from django.urls import path

from complaints.views.public import evidence, tus

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
