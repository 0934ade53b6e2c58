"""The addresses of the public pages."""

from django.urls import path

from complaints.urls import filing
from complaints.views.public import (
    guide,
    home,
    invitation,
    mailbox_completion,
    mailbox_identity,
    releases,
    room_contacts,
    room_data,
    room_messages,
    room_powers,
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
    path("lacak/laporan/lengkapi/", mailbox_completion.complete, name="mailbox_complete"),
    path(
        "lacak/laporan/lengkapi/<int:number>/",
        mailbox_completion.complete_item,
        name="mailbox_item",
    ),
    path("lacak/laporan/tenggat/", tracking.periods, name="mailbox_periods"),
    path("lacak/laporan/pesan/", room_messages.mailbox_messages, name="mailbox_write"),
    path(
        "lacak/laporan/pesan/berkas/<str:public_id>/",
        room_messages.mailbox_attachment,
        name="mailbox_attachment",
    ),
    path("lacak/laporan/kabar/", room_contacts.mailbox_contacts, name="mailbox_contacts"),
    path(
        "lacak/laporan/kabar/<str:channel>/kode/",
        room_contacts.mailbox_ask,
        name="mailbox_contact_ask",
    ),
    path(
        "lacak/laporan/kabar/<str:channel>/henti/",
        room_contacts.mailbox_stop,
        name="mailbox_contact_stop",
    ),
    path(
        "lacak/laporan/kabar/<str:channel>/lagi/",
        room_contacts.mailbox_resume,
        name="mailbox_contact_resume",
    ),
    path("lacak/laporan/data/", room_data.mailbox_data, name="mailbox_data"),
    path("lacak/laporan/data/unduh/", room_data.mailbox_data_file, name="mailbox_data_file"),
    path(
        "lacak/laporan/data/alamat/", room_data.mailbox_data_contacts, name="mailbox_data_contacts"
    ),
    path(
        "lacak/laporan/data/permintaan/",
        room_data.mailbox_data_request,
        name="mailbox_data_request",
    ),
    path("lacak/laporan/kuasa/", room_powers.mailbox_powers, name="mailbox_powers"),
    path(
        "lacak/laporan/kuasa/<int:number>/cabut/",
        room_powers.mailbox_revoke,
        name="mailbox_power_revoke",
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
    path("undangan/saya/pesan/", room_messages.invitation_messages, name="invitation_messages"),
    path(
        "undangan/saya/pesan/berkas/<str:public_id>/",
        room_messages.invitation_attachment,
        name="invitation_attachment",
    ),
    path("undangan/saya/kabar/", room_contacts.invitation_contacts, name="invitation_contacts"),
    path(
        "undangan/saya/kabar/<str:channel>/kode/",
        room_contacts.invitation_ask,
        name="invitation_contact_ask",
    ),
    path(
        "undangan/saya/kabar/<str:channel>/henti/",
        room_contacts.invitation_stop,
        name="invitation_contact_stop",
    ),
    path(
        "undangan/saya/kabar/<str:channel>/lagi/",
        room_contacts.invitation_resume,
        name="invitation_contact_resume",
    ),
    path("undangan/saya/data/", room_data.invitation_data, name="invitation_data"),
    path("undangan/saya/data/unduh/", room_data.invitation_data_file, name="invitation_data_file"),
    path(
        "undangan/saya/data/alamat/",
        room_data.invitation_data_contacts,
        name="invitation_data_contacts",
    ),
    path(
        "undangan/saya/data/permintaan/",
        room_data.invitation_data_request,
        name="invitation_data_request",
    ),
    path("undangan/saya/kuasa/", room_powers.invitation_powers, name="invitation_powers"),
    path(
        "undangan/saya/kuasa/<int:number>/cabut/",
        room_powers.invitation_revoke,
        name="invitation_power_revoke",
    ),
    path("undangan/saya/keluar/", invitation.leave, name="invitation_leave"),
    path("undangan/saya/<str:public_id>/hadir/", invitation.attend, name="invitation_attend"),
    path("undangan/saya/<str:public_id>/berita/", invitation.minutes, name="invitation_minutes"),
    path("undangan/saya/<str:public_id>/benar/", invitation.confirm, name="invitation_confirm"),
    path("data/rilis/", releases.page, name="releases"),
    path("data/rilis/<slug:day>.csv", releases.as_csv, name="release_csv"),
    path("data/rilis/<slug:day>.json", releases.as_json, name="release_json"),
    path("data/", statistics.page, name="statistics"),
    path("data/netralitas-asn.csv", statistics.as_csv, name="statistics_csv"),
    path("data/netralitas-asn.json", statistics.as_json, name="statistics_json"),
    path("data/skema.json", statistics.as_schema, name="statistics_schema"),
]
