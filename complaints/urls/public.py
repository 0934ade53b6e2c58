"""The addresses of the public pages."""

from django.urls import path

from complaints.views.public import evidence, filing, guide, home, sending, start, tracking

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("panduan/", guide.guide, name="guide"),
    path("lapor/", start.report_start, name="report_start"),
    path("lapor/mulai/", start.report_begin, name="report_begin"),
    path("lapor/kode/", start.show_code, name="report_code"),
    path("lapor/lanjut/", start.report_resume, name="report_resume"),
    path("lapor/simpan/", start.report_leave, name="report_leave"),
    path("lapor/perbuatan/", filing.acts, name="report_perbuatan"),
    path("lapor/uraian/", filing.account, name="report_uraian"),
    path("lapor/waktu/", filing.when, name="report_waktu"),
    path("lapor/tempat/", filing.where, name="report_tempat"),
    path("lapor/kantor/", filing.office, name="report_kantor"),
    path("lapor/terlapor/", filing.respondents, name="report_terlapor"),
    path("lapor/terlapor/<int:number>/", filing.respondent, name="report_respondent"),
    path(
        "lapor/terlapor/<int:number>/hapus/",
        filing.remove_item,
        {"step": "terlapor"},
        name="report_respondent_remove",
    ),
    path("lapor/pemilihan/", filing.contest, name="report_pemilihan"),
    path("lapor/bukti/", evidence.files, name="report_bukti"),
    path("lapor/bukti/alamat/", evidence.address, name="report_evidence_address"),
    path("lapor/bukti/<str:public_id>/hapus/", evidence.remove, name="report_evidence_remove"),
    path("lapor/saksi/", filing.witnesses, name="report_saksi"),
    path("lapor/saksi/<int:number>/", filing.witness, name="report_witness"),
    path(
        "lapor/saksi/<int:number>/hapus/",
        filing.remove_item,
        {"step": "saksi"},
        name="report_witness_remove",
    ),
    path("lapor/identitas/", sending.about_you, name="report_identitas"),
    path("lapor/periksa/", sending.check, name="report_periksa"),
    path("lapor/kirim/", sending.send, name="report_kirim"),
    path("lapor/selesai/", sending.done, name="report_done"),
    path("lapor/selesai/kode-baru/", sending.new_code, name="report_new_code"),
    path("lapor/tanda-terima/", sending.receipt_pdf, name="report_receipt"),
    path("lacak/", tracking.enter, name="track"),
    path("lacak/laporan/", tracking.mailbox, name="mailbox"),
    path("lacak/laporan/terima/", tracking.read_notice, name="mailbox_read_notice"),
    path("lacak/laporan/lengkapi/", tracking.complete, name="mailbox_complete"),
    path("lacak/laporan/pesan/", tracking.write, name="mailbox_write"),
    path("lacak/laporan/cabut/", tracking.withdraw, name="mailbox_withdraw"),
    path("lacak/laporan/dokumen/<uuid:public_id>/", tracking.document, name="mailbox_document"),
    path("lacak/laporan/kode/", tracking.change_code, name="mailbox_code"),
    path("lacak/keluar/", tracking.leave, name="mailbox_leave"),
]
