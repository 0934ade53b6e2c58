"""The addresses of filing a report."""

from django.urls import path

from complaints.urls import uploads
from complaints.views.public import about, evidence, filing, people, sending, start

patterns = [
    path("lapor/", start.report_start, name="report_start"),
    path("lapor/mulai/", start.report_begin, name="report_begin"),
    path("lapor/perangkat/", start.device, name="report_perangkat"),
    path("lapor/kode/", start.show_code, name="report_code"),
    path("lapor/lanjut/", start.report_resume, name="report_resume"),
    path("lapor/simpan/", start.report_leave, name="report_leave"),
    path("lapor/perbuatan/", filing.acts, name="report_perbuatan"),
    path("lapor/uraian/", filing.account, name="report_uraian"),
    path("lapor/waktu/", filing.when, name="report_waktu"),
    path("lapor/tempat/", filing.where, name="report_tempat"),
    path("lapor/kantor/", filing.office, name="report_kantor"),
    path("lapor/terlapor/", people.respondents, name="report_terlapor"),
    path("lapor/terlapor/saran/", people.suggest_units, name="report_units"),
    path("lapor/terlapor/<int:number>/", people.respondent, name="report_respondent"),
    path(
        "lapor/terlapor/<int:number>/hapus/",
        people.remove_item,
        {"step": "terlapor"},
        name="report_respondent_remove",
    ),
    path("lapor/rekan/", people.coworker, name="report_rekan"),
    path("lapor/tutupi/", people.cover, name="report_cover"),
    path("lapor/pemilihan/", filing.contest, name="report_pemilihan"),
    path("lapor/bukti/", evidence.files, name="report_bukti"),
    path("lapor/bukti/alamat/", evidence.address, name="report_evidence_address"),
    path("lapor/bukti/<str:public_id>/hapus/", evidence.remove, name="report_evidence_remove"),
    *uploads.patterns,
    path("lapor/saksi/", people.witnesses, name="report_saksi"),
    path("lapor/saksi/<int:number>/", people.witness, name="report_witness"),
    path(
        "lapor/saksi/<int:number>/hapus/",
        people.remove_item,
        {"step": "saksi"},
        name="report_witness_remove",
    ),
    path("lapor/sebagai/", about.standing, name="report_sebagai"),
    path("lapor/kuasa/", about.represented, name="report_kuasa"),
    path("lapor/identitas/", about.about_you, name="report_identitas"),
    path("lapor/kontak/", about.contact, name="report_kontak"),
    path("lapor/tandatangan/", about.sign, name="report_tandatangan"),
    path("lapor/periksa/", sending.check, name="report_periksa"),
    path("lapor/kirim/", sending.send, name="report_kirim"),
    path("lapor/selesai/", sending.done, name="report_done"),
    path("lapor/selesai/minta/", sending.ask_for_meeting, name="report_ask"),
    path("lapor/selesai/kode-baru/", sending.new_code, name="report_new_code"),
    path("lapor/tanda-terima/", sending.receipt_pdf, name="report_receipt"),
]
