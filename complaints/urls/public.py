"""The addresses of the public pages."""

from django.urls import path

from complaints.urls import filing
from complaints.views.public import (
    guide,
    home,
    invitation,
    mailbox_identity,
    mailbox_messages,
    statistics,
    tracking,
)

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("panduan/", guide.guide, name="guide"),
    path("panduan/formulir-laporan.pdf", guide.blank_form, name="blank_form"),
    path("panduan/bolehkah/", guide.questions, name="guide_questions"),
    path("panduan/bolehkah/uji/", guide.try_yourself, name="guide_try"),
    path("panduan/bolehkah/<slug:code>/", guide.question, name="guide_question"),
    *filing.patterns,
    path("lacak/", tracking.enter, name="track"),
    path("lacak/laporan/", tracking.mailbox, name="mailbox"),
    path("lacak/laporan/terima/", tracking.read_notice, name="mailbox_read_notice"),
    path("lacak/laporan/lengkapi/", tracking.complete, name="mailbox_complete"),
    path("lacak/laporan/tenggat/", tracking.periods, name="mailbox_periods"),
    path("lacak/laporan/pesan/", mailbox_messages.write, name="mailbox_write"),
    path(
        "lacak/laporan/pesan/berkas/<str:public_id>/",
        mailbox_messages.attachment,
        name="mailbox_attachment",
    ),
    path("lacak/laporan/identitas/", mailbox_identity.identify, name="mailbox_identify"),
    path("lacak/laporan/cabut/", tracking.withdraw, name="mailbox_withdraw"),
    path("lacak/laporan/dokumen/<uuid:public_id>/", tracking.document, name="mailbox_document"),
    path("lacak/laporan/kode/", tracking.change_code, name="mailbox_code"),
    path("lacak/keluar/", tracking.leave, name="mailbox_leave"),
    path("lacak/tutup/", tracking.quick_exit, name="quick_exit"),
    path("undangan/", invitation.enter, name="invitation"),
    path("undangan/saya/", invitation.page, name="invitation_page"),
    path("undangan/saya/kode/", invitation.change_code, name="invitation_code"),
    path("undangan/saya/keluar/", invitation.leave, name="invitation_leave"),
    path("undangan/saya/<str:public_id>/hadir/", invitation.attend, name="invitation_attend"),
    path("undangan/saya/<str:public_id>/benar/", invitation.confirm, name="invitation_confirm"),
    path("data/", statistics.page, name="statistics"),
    path("data/netralitas-asn.csv", statistics.as_csv, name="statistics_csv"),
    path("data/netralitas-asn.json", statistics.as_json, name="statistics_json"),
    path("data/skema.json", statistics.as_schema, name="statistics_schema"),
]
