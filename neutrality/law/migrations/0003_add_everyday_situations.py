"""Everyday questions with their answers, as rows of the law."""

import django.contrib.postgres.constraints
import neutrality.law.codes
import neutrality.law.models.dated
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("law", "0002_refuse_edits_of_used_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Situation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("legal_basis", models.CharField(max_length=300, verbose_name="dasar hukum")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("FOUND", "Ditemukan dalam sumber"),
                            ("MEMORY", "Belum diperiksa pada sumber"),
                            ("INFERRED", "Kesimpulan dari ketentuan lain"),
                            ("UNCERTAIN", "Diragukan"),
                        ],
                        default=neutrality.law.codes.Certainty["FOUND"],
                        max_length=10,
                        verbose_name="kepastian",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="catatan")),
                (
                    "used_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="pertama dipakai"
                    ),
                ),
                ("seed_key", models.CharField(editable=False, max_length=200, null=True)),
                ("seed_digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, null=True, verbose_name="berlaku sampai (tidak termasuk)"
                    ),
                ),
                ("label_id", models.CharField(max_length=300, verbose_name="nama (Indonesia)")),
                ("label_en", models.CharField(max_length=300, verbose_name="nama (Inggris)")),
                ("code", models.SlugField(max_length=40, verbose_name="kode")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("SOCIAL_MEDIA", "Media sosial dan grup percakapan"),
                            ("PHOTO", "Foto dan pose"),
                            ("FAMILY", "Keluarga dan teman"),
                            ("ATTENDING", "Menghadiri acara"),
                            ("OFFICE", "Di kantor"),
                            ("OWN_CHOICE", "Pilihan dan hak sendiri"),
                        ],
                        max_length=16,
                        verbose_name="pokok",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("ALLOWED", "Boleh"),
                            ("NOT_ALLOWED", "Tidak boleh"),
                            ("DEPENDS", "Bergantung"),
                        ],
                        max_length=12,
                        verbose_name="jawaban",
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("BANNER", "Memasang spanduk, baliho, atau alat peraga"),
                            ("SOCIAL_CAMPAIGN", "Sosialisasi atau kampanye di media sosial/daring"),
                            (
                                "ATTEND_DECLARATION",
                                "Menghadiri deklarasi/kampanye dan memberi dukungan",
                            ),
                            (
                                "SOCIAL_POST",
                                "Membuat unggahan, komentar, bagikan, suka, atau ikut grup",
                            ),
                            (
                                "PHOTO_TOGETHER",
                                "Mengunggah foto bersama calon, tim, atau alat peraga",
                            ),
                            (
                                "JOIN_INTRODUCTION",
                                "Ikut kampanye, sosialisasi, atau pengenalan calon",
                            ),
                            ("SPOUSE_CAMPAIGN", "Mengikuti kampanye suami/istri tanpa cuti"),
                            (
                                "APPROACH_PARTY",
                                "Pendekatan kepada partai atau masyarakat sebagai bakal calon",
                            ),
                            ("PARTY_MEMBER", "Menjadi anggota atau pengurus partai politik"),
                            ("PARTISAN_ACTIVITY", "Kegiatan yang mengarah pada keberpihakan"),
                            ("CAMPAIGN_TEAM", "Menjadi tim ahli, tim pemenangan, atau konsultan"),
                            (
                                "SUPPORT_LETTER",
                                "Memberi surat dukungan atau mengumpulkan salinan KTP",
                            ),
                            (
                                "OFFICIAL_DECISION",
                                "Keputusan/tindakan yang menguntungkan atau merugikan",
                            ),
                            ("STATE_FACILITIES", "Menggunakan fasilitas negara"),
                            ("MONEY_POLITICS", "Politik uang atau pemberian"),
                            ("HATE_OR_HOAX", "Ujaran kebencian atau berita bohong"),
                            ("OTHER", "Perbuatan lain"),
                        ],
                        max_length=30,
                        verbose_name="perbuatan",
                    ),
                ),
                ("reason_id", models.TextField(verbose_name="alasan (Indonesia)")),
                ("reason_en", models.TextField(verbose_name="alasan (Inggris)")),
                ("instead_id", models.TextField(blank=True, verbose_name="sebaiknya (Indonesia)")),
                ("instead_en", models.TextField(blank=True, verbose_name="sebaiknya (Inggris)")),
                (
                    "keywords",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="kata lain untuk pencarian"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="urutan")),
            ],
            options={
                "verbose_name": "keadaan sehari-hari",
                "verbose_name_plural": "keadaan sehari-hari",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="situation_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        fields=("seed_key", "valid_from"), name="situation_seed_once"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                neutrality.law.models.dated.DateRange(
                                    "valid_from", "valid_until", models.Value("[)")
                                ),
                                "&&",
                            ),
                            ("code", "="),
                        ],
                        name="situation_without_overlap",
                    ),
                ],
            },
        ),
        # Like every table of the law: a row that a case has used is ended, never edited.
        migrations.RunSQL(
            sql="CREATE TRIGGER law_situation_keeps_used_rows BEFORE UPDATE OR DELETE "
            "ON law_situation FOR EACH ROW EXECUTE FUNCTION law_refuse_edit_of_used_row()",
            reverse_sql="DROP TRIGGER law_situation_keeps_used_rows ON law_situation",
        ),
    ]
