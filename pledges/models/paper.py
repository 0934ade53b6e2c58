"""Sheets of paper: printed with a code for one person, scanned together, read page by page."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.audit.record import SubjectRef
from neutrality.organisations.validity import one_of
from neutrality.vault.models import SealedBlob
from pledges.codes import PageOutcome
from pledges.models.ceremony import Ceremony
from pledges.models.obligation import Obligation, Signature
from pledges.models.round import Round, TextVersion


class PaperSheet(models.Model):
    """One page made for one person under one text; its code is kept as a keyed hash.

    The code files the page, it proves nothing: who signed is what a person verifies.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="sheets")
    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32)
    printed_at = models.DateTimeField(_("dicetak"))
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("lembar pakta")
        verbose_name_plural = _("lembar pakta")
        constraints = [
            models.UniqueConstraint(fields=["digest", "round"], name="paper_sheet_digest"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ScanBatch(models.Model):
    """One scanned PDF of many sheets, with the time at which they were signed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="scans")
    ceremony = models.ForeignKey(
        Ceremony, models.PROTECT, null=True, blank=True, related_name="scans"
    )
    number = models.CharField(_("nomor berkas"), max_length=120)
    signed_at = models.DateTimeField(_("waktu penandatanganan"))
    reason = models.CharField(_("alasan dicatat kemudian"), max_length=500, blank=True)
    source = models.OneToOneField(SealedBlob, models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField(_("jumlah halaman"))
    uploaded_at = models.DateTimeField(_("diunggah"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(_("selesai dibaca"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("waktu disahkan"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("berkas pindaian")
        verbose_name_plural = _("berkas pindaian")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="scan_batch_has_pages", condition=Q(pages__gt=0)),
            models.CheckConstraint(
                name="scan_batch_confirmed_at_by_another",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                & ~Q(confirmed_by=F("uploaded_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def ref(self) -> SubjectRef:
        """The scan named without its table."""
        return SubjectRef("pledge_scan", self.pk)


class ScannedPage(models.Model):
    """One page of a scan, and what became of it."""

    batch = models.ForeignKey(ScanBatch, models.PROTECT, related_name="scanned_pages")
    number = models.PositiveIntegerField(_("halaman"))
    outcome = models.CharField(
        _("hasil"), max_length=10, choices=PageOutcome, default=PageOutcome.WAITING
    )
    note = models.CharField(_("keterangan"), max_length=300, blank=True)
    obligation = models.ForeignKey(
        Obligation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signature = models.OneToOneField(
        Signature, models.PROTECT, null=True, blank=True, related_name="page"
    )
    decided_at = models.DateTimeField(_("diputus"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("halaman pindaian")
        verbose_name_plural = _("halaman pindaian")
        ordering = ["batch", "number"]
        constraints = [
            one_of("scanned_page", "outcome", PageOutcome),
            models.UniqueConstraint(fields=["batch", "number"], name="scanned_page_once"),
            models.CheckConstraint(
                name="scanned_page_recorded_with_signature",
                condition=Q(outcome=PageOutcome.RECORDED, signature__isnull=False)
                | (~Q(outcome=PageOutcome.RECORDED) & Q(signature__isnull=True)),
            ),
            models.CheckConstraint(
                name="scanned_page_decided_at_by",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"
