"""The addresses of evidence, below those of the staff."""

from django.urls import path

from complaints.views.staff import account_wording, evidence, evidence_files, redaction

patterns = [
    path("berkas/<str:public_id>/bukti/", evidence.evidence_list, name="evidence_list"),
    path(
        "berkas/<str:public_id>/uraian/",
        account_wording.account_wordings,
        name="account_wordings",
    ),
    path(
        "berkas/<str:public_id>/uraian/<str:wording>/",
        account_wording.account_wording,
        name="account_wording",
    ),
    path("bukti/<str:public_id>/", evidence.evidence, name="evidence"),
    path("bukti/<str:public_id>/asli/", evidence.evidence_original, name="evidence_original"),
    path("salinan/<str:public_id>/", evidence_files.evidence_file, name="evidence_file"),
    path(
        "salinan/<str:public_id>/halaman/<int:number>/",
        evidence_files.evidence_page,
        name="evidence_page",
    ),
    path("salinan/<str:public_id>/samarkan/", redaction.evidence_redact, name="evidence_redact"),
    path("salinan/<str:public_id>/siapkan/", evidence.evidence_prepare, name="evidence_prepare"),
    path("salinan/<str:public_id>/putuskan/", evidence.evidence_release, name="evidence_release"),
]
