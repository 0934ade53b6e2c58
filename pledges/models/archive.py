"""Certificates of many people in one file, made in the background."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.audit.record import SubjectRef
from neutrality.organisations.models import Unit
from pledges.models.round import Round


class CertificateArchive(models.Model):
    """A ZIP of the certificates in force of a round, or of a unit with all below it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="archives")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("diminta"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    total = models.PositiveIntegerField(_("seluruhnya"), default=0)
    made = models.PositiveIntegerField(_("sudah dibuat"), default=0)
    done_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    failed_at = models.DateTimeField(_("gagal"), null=True, blank=True)
    file = models.CharField(_("berkas"), max_length=200, blank=True)
    size = models.BigIntegerField(_("ukuran (byte)"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("dihapus"), null=True, blank=True)

    class Meta:
        verbose_name = _("kumpulan surat keterangan")
        verbose_name_plural = _("kumpulan surat keterangan")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="certificate_archive_made_within_total", condition=Q(made__lte=F("total"))
            ),
            models.CheckConstraint(
                name="certificate_archive_done_with_file",
                condition=Q(done_at__isnull=True, file="")
                | (Q(done_at__isnull=False, size__isnull=False, failed_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_being_made(self) -> bool:
        """Whether it is neither made nor given up."""
        return self.done_at is None and self.failed_at is None

    def ref(self) -> SubjectRef:
        """The archive named without its table."""
        return SubjectRef("certificate_archive", self.pk)
