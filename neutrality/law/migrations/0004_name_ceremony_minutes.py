"""The penalty of another law in English too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("law", "0003_add_everyday_situations"),
    ]

    operations = [
        migrations.AlterField(
            model_name="form",
            name="role",
            field=models.CharField(
                choices=[
                    ("REPORT", "Formulir Laporan"),
                    ("FINDING", "Formulir Temuan"),
                    ("RECEIPT", "Tanda Bukti Penyampaian Laporan"),
                    ("COMPLETION_RECEIPT", "Tanda Bukti Perbaikan Laporan"),
                    ("WITHDRAWAL", "Surat Pencabutan Laporan"),
                    ("INITIAL_REVIEW", "Kajian Awal"),
                    ("NOTICE_OF_INCOMPLETENESS", "Pemberitahuan Kelengkapan Laporan"),
                    ("TRANSFER_LETTER", "Surat Pelimpahan"),
                    ("TAKEOVER", "Surat Pengambilalihan"),
                    ("INVITATION", "Undangan Klarifikasi"),
                    ("OATH_MINUTES", "Berita Acara Sumpah/Janji"),
                    ("EXPERT_OATH_MINUTES", "Berita Acara Sumpah/Janji Ahli"),
                    ("CLARIFICATION_MINUTES", "Berita Acara Klarifikasi"),
                    ("ASSESSMENT", "Kajian Dugaan Pelanggaran"),
                    ("REFERRAL_ETHICS", "Penerusan Pelanggaran Kode Etik"),
                    ("REFERRAL_ADMINISTRATIVE", "Rekomendasi Pelanggaran Administratif"),
                    ("REFERRAL_CRIMINAL", "Penerusan Tindak Pidana"),
                    ("REFERRAL_OTHER_LAW", "Penerusan Pelanggaran Peraturan Lainnya"),
                    ("STATUS_NOTICE", "Pemberitahuan Status Laporan/Temuan"),
                    ("PLENARY_MINUTES", "Berita Acara Rapat Pleno"),
                    ("PLENARY_EXTRACT", "Petikan Berita Acara Pleno"),
                    ("PROVISIONAL_RECEIPT", "Tanda Terima Sementara"),
                    ("TIP_RECEIPT", "Tanda Terima Informasi Awal"),
                    ("ASSIGNMENT_LETTER", "Surat Tugas Penelusuran"),
                    ("SUPERVISION_REPORT", "Laporan Hasil Pengawasan"),
                    ("CASE_SUMMARY", "Ringkasan Perkara"),
                    ("EVIDENCE_LIST", "Daftar Bukti"),
                    ("SANCTION_DECREE", "Keputusan Sanksi"),
                    ("EXAMINATION_MINUTES", "Berita Acara Pemeriksaan"),
                    ("RECOMMENDATION", "Rekomendasi Instansi"),
                    ("CERTIFICATE", "Surat Keterangan Penandatanganan"),
                    ("CEREMONY_MINUTES", "Berita Acara Acara Netralitas"),
                ],
                max_length=30,
                verbose_name="kegunaan",
            ),
        ),
    ]
