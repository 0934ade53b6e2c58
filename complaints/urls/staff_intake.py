"""The addresses of inbox, queues, reports, tips and the parts of a file."""

from django.urls import path

from complaints.views.staff import (
    counter,
    documents,
    matter_parts as parts,
    queue,
    report,
    report_steps as steps,
    review,
    tip,
)

patterns = [
    path("", queue.inbox, name="inbox"),
    path("dokumen/<uuid:public_id>/", documents.document, name="document"),
    path("laporan/", queue.reports, name="reports"),
    path("laporan/baru/", counter.new_report, name="report_new"),
    path("laporan/formulir/", counter.blank_form, name="report_blank"),
    path("laporan/<str:public_id>/", report.report, name="report"),
    path("laporan/<str:public_id>/langkah/<str:action>/", steps.report_step, name="report_step"),
    path("laporan/<str:public_id>/usul/<str:action>/", review.report_propose, name="report_propose"),
    path("laporan/<str:public_id>/syarat/", review.requirements, name="report_requirements"),
    path("laporan/<str:public_id>/pemilihan/", review.report_contest, name="report_contest"),
    path("laporan/<str:public_id>/pesan/", report.report_message, name="report_message"),
    path(
        "laporan/<str:public_id>/pesan/dibaca/",
        report.report_messages_read,
        name="report_messages_read",
    ),
    path("laporan/<str:public_id>/petugas/", report.report_assign, name="report_assign"),
    path(
        "laporan/<str:public_id>/penyampaian/<uuid:document>/",
        review.delivery,
        name="report_delivery",
    ),
    path("informasi/", queue.tips, name="tips"),
    path("informasi/<str:public_id>/", tip.tip, name="tip"),
    path("informasi/<str:public_id>/langkah/<str:action>/", steps.tip_step, name="tip_step"),
    path("informasi/<str:public_id>/usul/<str:action>/", review.tip_propose, name="tip_propose"),
    path("informasi/<str:public_id>/hasil/", tip.tracing_result, name="tip_result"),
    path("informasi/<str:public_id>/pemilihan/", review.tip_contest, name="tip_contest"),
    path("informasi/<str:public_id>/pesan/", report.tip_message, name="tip_message"),
    path(
        "informasi/<str:public_id>/pesan/dibaca/",
        report.tip_messages_read,
        name="tip_messages_read",
    ),
    path("informasi/<str:public_id>/petugas/", report.tip_assign, name="tip_assign"),
    path("berkas/<str:public_id>/terlapor/baru/", parts.new_respondent, name="respondent_new"),
    path("berkas/<str:public_id>/terlapor/<str:party>/", parts.link, name="respondent_link"),
    path("berkas/<str:public_id>/kejadian/baru/", parts.new_incident, name="incident_new"),
    path("berkas/<str:public_id>/dugaan/baru/", parts.new_allegation, name="allegation_new"),
    path("berkas/<str:public_id>/dugaan/<int:number>/", parts.qualify, name="allegation"),
    path("berkas/<str:public_id>/bukti/<str:evidence>/tangkap/", parts.capture_web, name="capture"),
    path("berkas/<str:public_id>/pihak/<str:party>/", parts.identity, name="identity"),
]  # fmt: skip
