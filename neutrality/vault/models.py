"""Sealed identities and files, the blind indexes over them, and who opened what.

Every row has its own data key, wrapped by a master key: to destroy the wrapped key is to erase.
"""

import uuid

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _


class IdentityKind(models.TextChoices):
    """Whose identity it is."""

    REPORTER = "reporter", _("Pelapor")
    ATTORNEY = "attorney", _("Kuasa")
    RESPONDENT = "respondent", _("Terlapor")
    WITNESS = "witness", _("Saksi")
    EXPERT = "expert", _("Ahli")
    ASN = "asn", _("Pegawai ASN")


class Sealed(models.Model):
    """What is sealed under a data key of its own; erased when that key is gone."""

    uuid = models.UUIDField(_("pengenal"), default=uuid.uuid4, unique=True, editable=False)
    key_id = models.CharField(_("kunci induk"), max_length=32)
    wrapped_key = models.BinaryField(_("kunci data terbungkus"), null=True)
    created_at = models.DateTimeField(_("disimpan pada"))
    erased_at = models.DateTimeField(_("dihapus pada"), null=True, blank=True)
    erased_by_id = models.BigIntegerField(_("dihapus oleh"), null=True, blank=True)

    class Meta:
        abstract = True


class Identity(Sealed):
    """Name, numbers and contacts of one person in one role, sealed."""

    kind = models.CharField(_("jenis"), max_length=12, choices=IdentityKind.choices)
    sealed = models.BinaryField(_("isi tersegel"))

    class Meta:
        verbose_name = _("identitas")
        verbose_name_plural = _("identitas")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True, wrapped_key__isnull=False)
                | models.Q(Exact(Length("sealed"), 0), erased_at__isnull=False, key_id="")
                & models.Q(wrapped_key__isnull=True),
                name="identity_has_key_until_erased",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_by_id__isnull=True) | models.Q(erased_at__isnull=False),
                name="identity_erased_by_with_erased_at",
            ),
        ]
        indexes = [
            models.Index(fields=["key_id", "id"], name="identity_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class BlindIndex(models.Model):
    """A keyed digest of one value, for exact look-up without opening anything."""

    identity = models.ForeignKey(
        Identity,
        on_delete=models.CASCADE,
        related_name="blind_indexes",
        db_index=False,
        verbose_name=_("identitas"),
    )
    purpose = models.CharField(_("untuk"), max_length=16)
    digest = models.BinaryField(_("sidik"), max_length=32)

    class Meta:
        verbose_name = _("indeks buta")
        verbose_name_plural = _("indeks buta")
        constraints = [
            models.UniqueConstraint(
                fields=["identity", "purpose"], name="blindindex_once_per_purpose"
            ),
            models.CheckConstraint(
                condition=Exact(Length("digest"), 32), name="blindindex_digest_is_sha256"
            ),
        ]
        indexes = [
            models.Index(fields=["purpose", "digest"], name="blindindex_lookup"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.identity_id}"


class SealedBlob(Sealed):
    """Sealed bytes: short ones in the row, long ones as a sealed file in private storage.

    A blob that belongs to an identity (a picture of an identity card) is erased with it.
    """

    identity = models.ForeignKey(
        Identity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="blobs",
        verbose_name=_("identitas"),
    )
    sealed = models.BinaryField(_("isi tersegel"), blank=True)
    file_name = models.CharField(_("berkas tersegel"), max_length=120, blank=True)
    size = models.BigIntegerField(_("ukuran asli (byte)"))
    sha256 = models.CharField(_("SHA-256 asli"), max_length=64)

    class Meta:
        verbose_name = _("berkas tersegel")
        verbose_name_plural = _("berkas tersegel")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True, wrapped_key__isnull=False)
                | models.Q(Exact(Length("sealed"), 0), erased_at__isnull=False, key_id="")
                & models.Q(wrapped_key__isnull=True),
                name="sealedblob_has_key_until_erased",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_by_id__isnull=True) | models.Q(erased_at__isnull=False),
                name="sealedblob_erased_by_with_erased_at",
            ),
            models.CheckConstraint(
                condition=models.Q(file_name="") | models.Q(Exact(Length("sealed"), 0)),
                name="sealedblob_in_row_or_in_file",
            ),
            models.CheckConstraint(
                condition=models.Q(size__gte=0), name="sealedblob_size_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["key_id", "id"], name="sealedblob_by_key"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Arrival(models.Model):
    """A file on its way in: what came lies sealed in a part file, what fills no chunk yet here.

    Once whole it becomes a `SealedBlob` of the same uuid and key. `generation` counts the
    connections that went on with it: only the latest may write down how far it came.
    """

    uuid = models.UUIDField(_("pengenal"), default=uuid.uuid4, unique=True, editable=False)
    key_id = models.CharField(_("kunci induk"), max_length=32)
    wrapped_key = models.BinaryField(_("kunci data terbungkus"))
    created_at = models.DateTimeField(_("dimulai pada"))
    size = models.BigIntegerField(_("ukuran yang diumumkan (byte)"))
    received = models.BigIntegerField(_("sudah tiba (byte)"), default=0)
    waiting = models.BinaryField(_("sisa tersegel"), blank=True)
    generation = models.PositiveIntegerField(_("sambungan ke-"), default=0)

    class Meta:
        verbose_name = _("berkas yang sedang tiba")
        verbose_name_plural = _("berkas yang sedang tiba")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received__gte=0, received__lte=models.F("size"), size__gt=0),
                name="arrival_received_within_size",
            ),
        ]
        indexes = [
            models.Index(fields=["key_id", "id"], name="arrival_by_key"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Opening(models.Model):
    """Who opened which identity or blob, for which case, and why; written once."""

    identity_id = models.BigIntegerField(_("identitas"), null=True, blank=True)
    blob_id = models.BigIntegerField(_("berkas"), null=True, blank=True)
    subject_kind = models.CharField(_("jenis objek"), max_length=40)
    subject_id = models.BigIntegerField(_("nomor objek"))
    reason = models.TextField(_("alasan"))
    opened_at = models.DateTimeField(_("dibuka pada"))
    actor_kind = models.CharField(_("jenis pelaku"), max_length=12)
    opened_by_id = models.BigIntegerField(_("dibuka oleh"), null=True, blank=True)
    role = models.CharField(_("peran"), max_length=40, blank=True)
    organisation_kind = models.CharField(_("jenis organisasi"), max_length=12, blank=True)
    organisation_path = models.CharField(_("jalur organisasi"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("pembukaan")
        verbose_name_plural = _("pembukaan")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(identity_id__isnull=True, blob_id__isnull=False)
                | models.Q(identity_id__isnull=False, blob_id__isnull=True),
                name="opening_of_one_thing",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="opening_has_reason"),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="opening_by_subject"),
            models.Index(
                fields=["organisation_path", "-id"],
                name="opening_by_organisation",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
            models.Index(
                fields=["identity_id"],
                name="opening_by_identity",
                condition=models.Q(identity_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}: {self.opened_at:%Y-%m-%d %H:%M}"
