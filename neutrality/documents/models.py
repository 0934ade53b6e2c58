"""Documents as rows; their PDF is made when somebody first opens it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from neutrality.law.codes import FormRole
from neutrality.law.labels import label
from neutrality.law.reader import speaks_english


class Classification(models.TextChoices):
    """Who may read a document."""

    PUBLIC = "PUBLIC", _("Publik")
    PARTY = "PARTY", _("Para pihak")
    CASE = "CASE", _("Berkas perkara")
    IDENTITY = "IDENTITY", _("Identitas (disegel)")


class DocumentState(models.TextChoices):
    """Whether a document counts."""

    DRAFT = "DRAFT", _("Konsep")
    FINAL = "FINAL", _("Berlaku")
    SUPERSEDED = "SUPERSEDED", _("Digantikan")
    VOID = "VOID", _("Dibatalkan")


class SignatureKind(models.TextChoices):
    """How a document is signed; a click is never called an electronic signature."""

    NONE = "NONE", _("Tanpa tanda tangan elektronik")
    PADES = "PADES", _("Segel elektronik kantor (PAdES)")
    TTE_UPLOAD = "TTE_UPLOAD", _("Tanda tangan elektronik (berkas diunggah)")
    WET_SCAN = "WET_SCAN", _("Tanda tangan basah (pindaian)")


class Document(models.Model):
    """One official document: what it says, what it is called and the hash of its bytes.

    The content of the identity class is sealed in the vault (`sealed_content`, `sealed_file`);
    the column `content` and the default storage stay empty for it.
    """

    public_id = models.UUIDField(_("pengenal"), default=uuid.uuid4, unique=True, editable=False)
    role = models.CharField(_("jenis"), max_length=40)
    form_code = models.CharField(_("kode formulir"), max_length=30, blank=True)
    classification = models.CharField(_("klasifikasi"), max_length=8, choices=Classification)
    state = models.CharField(_("keadaan"), max_length=10, choices=DocumentState)
    number = models.CharField(_("nomor"), max_length=120, blank=True)
    title = models.CharField(_("judul"), max_length=250)
    office = models.ForeignKey(
        "organisations.Office",
        on_delete=models.PROTECT,
        related_name="documents",
        verbose_name=_("kantor"),
    )
    agency = models.ForeignKey(
        "organisations.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("instansi penerbit"),
    )
    subject_kind = models.CharField(_("jenis objek"), max_length=40)
    subject_id = models.BigIntegerField(_("objek"))
    matter_ref = models.BigIntegerField(_("berkas"), null=True, blank=True)
    language = models.CharField(_("bahasa"), max_length=5, default="id")
    content = models.JSONField(_("isi"), null=True, blank=True)
    sealed_content = models.OneToOneField(
        "vault.SealedBlob",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("isi tersegel"),
    )
    template = models.CharField(_("templat"), max_length=60, blank=True)
    rendered_at = models.DateTimeField(_("dibuat menjadi PDF"), null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, db_index=True)
    size = models.PositiveIntegerField(_("ukuran (bita)"), null=True, blank=True)
    file = models.CharField(_("berkas PDF"), max_length=200, blank=True)
    sealed_file = models.OneToOneField(
        "vault.SealedBlob",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("berkas PDF tersegel"),
    )
    verify_code = models.CharField(_("kode verifikasi"), max_length=14, unique=True)
    signature_kind = models.CharField(
        _("tanda tangan"), max_length=10, choices=SignatureKind, default=SignatureKind.NONE
    )
    supersedes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("menggantikan"),
    )
    twin_of = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="twin",
        verbose_name=_("kembaran dari"),
    )
    issued_at = models.DateTimeField(_("diterbitkan"))
    issued_by = models.CharField(_("diterbitkan oleh"), max_length=150)
    issued_by_user = models.BigIntegerField(_("akun penerbit"), null=True, blank=True)
    voided_at = models.DateTimeField(_("dibatalkan pada"), null=True, blank=True)
    voided_by = models.CharField(_("dibatalkan oleh"), max_length=150, blank=True)
    void_reason = models.CharField(_("alasan pembatalan"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("dokumen")
        verbose_name_plural = _("dokumen")
        indexes = [
            models.Index(
                fields=["subject_kind", "subject_id", "-issued_at"], name="document_by_subject"
            ),
            models.Index(
                fields=["matter_ref", "-issued_at"],
                name="document_by_matter",
                condition=Q(matter_ref__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="document_identity_content_is_sealed",
                condition=(
                    Q(classification="IDENTITY", content=None, file="")
                    | (~Q(classification="IDENTITY") & Q(sealed_content=None) & Q(sealed_file=None))
                ),
            ),
            models.CheckConstraint(
                name="document_rendered_with_hash_and_size",
                condition=(
                    Q(rendered_at=None, sha256="", size=None, file="", sealed_file=None)
                    | (
                        Q(rendered_at__isnull=False, size__isnull=False)
                        & ~Q(sha256="")
                        & (~Q(file="") | Q(sealed_file__isnull=False))
                    )
                ),
            ),
            models.CheckConstraint(
                name="document_void_at_by_and_reason",
                condition=(
                    Q(state="VOID", voided_at__isnull=False) & ~Q(voided_by="") & ~Q(void_reason="")
                )
                | (~Q(state="VOID") & Q(voided_at=None, voided_by="", void_reason="")),
            ),
            models.CheckConstraint(
                name="document_twin_holds_no_identity",
                condition=Q(twin_of=None) | ~Q(classification="IDENTITY"),
            ),
            models.CheckConstraint(
                name="document_has_content_or_file",
                condition=(
                    Q(content__isnull=False)
                    | Q(sealed_content__isnull=False)
                    | Q(rendered_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="document_supersedes_another",
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()

    @property
    def spoken_title(self) -> str:
        """The title as it stands on the paper; for readers of English what kind of paper it is.

        Official papers are in Indonesian, their titles too.
        """
        return label(FormRole(self.role)) if speaks_english() else self.title


class OfficeCertificate(models.Model):
    """The certificate with which an office, or an agency, seals its PDF files.

    The key is sealed in the vault.
    """

    office = models.ForeignKey(
        "organisations.Office",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="certificates",
        verbose_name=_("kantor"),
    )
    agency = models.ForeignKey(
        "organisations.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("instansi"),
    )
    subject_name = models.CharField(_("nama dalam sertifikat"), max_length=250)
    certificate = models.TextField(_("sertifikat (PEM)"))
    sealed_archive = models.OneToOneField(
        "vault.SealedBlob",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("kunci dan sertifikat tersegel (PKCS#12)"),
    )
    is_sample = models.BooleanField(_("sertifikat contoh"), default=False)
    valid_from = models.DateTimeField(_("berlaku sejak"))
    valid_until = models.DateTimeField(_("berlaku sampai"))
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)

    class Meta:
        verbose_name = _("sertifikat kantor")
        verbose_name_plural = _("sertifikat kantor")
        constraints = [
            models.CheckConstraint(
                name="certificate_ends_after_it_begins",
                condition=Q(valid_until__gt=F("valid_from")),
            ),
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(revoked_at=None),
                name="certificate_one_in_use_per_office",
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(revoked_at=None),
                name="certificate_one_in_use_per_agency",
            ),
            models.CheckConstraint(
                name="certificate_has_one_holder",
                condition=Q(office__isnull=True, agency__isnull=False)
                | Q(office__isnull=False, agency__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject_name


class PublicationKind(models.TextChoices):
    """What is published beside the documents of cases."""

    CIRCULAR = "CIRCULAR", _("Surat edaran")
    OUTREACH = "OUTREACH", _("Bahan sosialisasi")
    ANNOUNCEMENT = "ANNOUNCEMENT", _("Pengumuman")


class Publication(models.Model):
    """A circular, outreach material or an announcement that everybody may read."""

    public_id = models.UUIDField(_("pengenal"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("jenis"), max_length=12, choices=PublicationKind)
    office = models.ForeignKey(
        "organisations.Office",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kantor penerbit"),
    )
    agency = models.ForeignKey(
        "organisations.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("instansi penerbit"),
    )
    title = models.CharField(_("judul"), max_length=200)
    number = models.CharField(_("nomor"), max_length=120, blank=True)
    dated_on = models.DateField(_("tanggal"))
    summary = models.CharField(_("isi singkat"), max_length=500, blank=True)
    url = models.URLField(_("alamat web"), max_length=500, blank=True)
    file = models.CharField(_("berkas"), max_length=200, blank=True, editable=False)
    media_type = models.CharField(_("jenis berkas"), max_length=40, blank=True, editable=False)
    size = models.BigIntegerField(_("ukuran (byte)"), default=0, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(_("diterbitkan pada"), editable=False)
    published_by_id = models.BigIntegerField(_("diterbitkan oleh"), editable=False)
    withdrawn_at = models.DateTimeField(_("ditarik pada"), null=True, blank=True, editable=False)
    withdrawn_by_id = models.BigIntegerField(
        _("ditarik oleh"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("publikasi")
        verbose_name_plural = _("publikasi")
        constraints = [
            models.CheckConstraint(
                name="publication_has_one_issuer",
                condition=Q(office__isnull=True, agency__isnull=False)
                | Q(office__isnull=False, agency__isnull=True),
            ),
            models.CheckConstraint(
                name="publication_has_a_file_or_an_address",
                condition=~Q(file="", url=""),
            ),
            models.CheckConstraint(
                name="publication_withdrawn_at_with_by",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by_id__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                "dated_on",
                "id",
                name="publication_shown",
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def issuer(self) -> str:
        """The name of the office or agency."""
        issuer = self.office or self.agency
        return issuer.name if issuer else ""

    @property
    def address(self) -> str:
        """Where it is read: our file, or the address elsewhere."""
        return reverse("publication", args=[self.public_id]) if self.file else self.url

    @property
    def format_name(self) -> str:
        """`PDF`, `PNG`, `JPEG`; empty for an address elsewhere."""
        return self.media_type.rpartition("/")[2].upper()
