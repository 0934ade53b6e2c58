"""Ceremonies: who led, who witnessed, who came, who signed for others.

Attendance never counts as signing, and a representative's signature never counts as anybody's own:
neither table points to an obligation.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.audit.record import SubjectRef
from neutrality.documents.models import Document, Publication
from neutrality.organisations.models import Agency, Unit
from neutrality.organisations.validity import one_of
from neutrality.personnel.models import Person
from pledges.codes import AttendanceWay, CeremonyKind, CeremonyPart, SignatureKind
from pledges.models.round import Round, TextVersion


class Ceremony(models.Model):
    """An oath, declaration, signing, meeting or outreach event of an agency."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="ceremonies")
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="ceremonies"
    )
    kind = models.CharField(_("jenis acara"), max_length=11, choices=CeremonyKind)
    title = models.CharField(_("nama acara"), max_length=200)
    held_on = models.DateField(_("tanggal"))
    place = models.CharField(_("tempat"), max_length=200)
    material = models.TextField(_("materi"), blank=True)
    begins_at = models.DateTimeField(_("mulai"), null=True, blank=True)
    ends_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    units = models.ManyToManyField(Unit, blank=True, related_name="+")
    minutes = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("dicatat"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("acara")
        verbose_name_plural = _("acara")
        ordering = ["-held_on", "-pk"]
        constraints = [
            one_of("ceremony", "kind", CeremonyKind),
            models.CheckConstraint(
                name="ceremony_has_title_and_place", condition=~Q(title="") & ~Q(place="")
            ),
            models.CheckConstraint(
                name="ceremony_window_begins_and_ends",
                condition=Q(begins_at__isnull=True, ends_at__isnull=True)
                | Q(ends_at__gt=F("begins_at")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "-held_on", "-id"], name="ceremony_by_agency")]

    def __str__(self) -> str:
        return self.title

    def ref(self) -> SubjectRef:
        """The ceremony named without its table."""
        return SubjectRef("ceremony", self.pk)


class Participant(models.Model):
    """Somebody at a ceremony; guests may be on no roster."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("nama"), max_length=160)
    position = models.CharField(_("jabatan"), max_length=200, blank=True)
    institution = models.CharField(_("instansi"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class CeremonyRole(Participant):
    """Who led, guided, witnessed, spoke."""

    ceremony = models.ForeignKey(Ceremony, models.CASCADE, related_name="roles")
    part = models.CharField(_("peran"), max_length=14, choices=CeremonyPart)
    topic = models.CharField(_("materi yang dibawakan"), max_length=200, blank=True)
    material = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("peran acara")
        verbose_name_plural = _("peran acara")
        ordering = ["pk"]
        constraints = [
            one_of("ceremony_role", "part", CeremonyPart),
            models.CheckConstraint(name="ceremony_role_has_a_name", condition=~Q(name="")),
        ]


class Attendance(Participant):
    """Who came."""

    ceremony = models.ForeignKey(Ceremony, models.CASCADE, related_name="attendances")
    came_at = models.DateTimeField(_("hadir"), null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField(
        _("cara mencatat"), max_length=4, choices=AttendanceWay, default=AttendanceWay.LIST
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("kehadiran")
        verbose_name_plural = _("kehadiran")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ceremony", "person"],
                condition=Q(person__isnull=False),
                name="attendance_once_per_person",
            ),
            models.CheckConstraint(name="attendance_has_a_name", condition=~Q(name="")),
            one_of("attendance", "way", AttendanceWay),
        ]


class CeremonyPhoto(models.Model):
    """A photograph of a ceremony, without what the camera wrote into it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ceremony = models.ForeignKey(Ceremony, models.CASCADE, related_name="photos")
    caption = models.CharField(_("keterangan"), max_length=200)
    file = models.CharField(_("berkas"), max_length=200)
    original_sha256 = models.CharField("SHA-256", max_length=64)
    added_at = models.DateTimeField(_("ditambahkan"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("foto acara")
        verbose_name_plural = _("foto acara")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ceremony", "original_sha256"], name="ceremony_photo_once"
            ),
            models.CheckConstraint(name="ceremony_photo_has_caption", condition=~Q(caption="")),
        ]

    def __str__(self) -> str:
        return self.caption


class RepresentativeSignature(Participant):
    """Somebody signed on behalf of others; it is shown as such and counts for nobody.

    One that was recorded by mistake is annulled and stays visible; the database lets nothing else
    be changed, and no row be deleted.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="representatives")
    ceremony = models.ForeignKey(
        Ceremony, models.PROTECT, null=True, blank=True, related_name="representatives"
    )
    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    on_behalf_of = models.CharField(_("mewakili"), max_length=200)
    kind = models.CharField(_("cara"), max_length=5, choices=SignatureKind)
    signed_on = models.DateField(_("ditandatangani"))
    recorded_at = models.DateTimeField(_("dicatat"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    annulled_at = models.DateTimeField(_("dibatalkan"), null=True, blank=True)
    annulled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    annul_reason = models.CharField(_("alasan pembatalan"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("tanda tangan perwakilan")
        verbose_name_plural = _("tanda tangan perwakilan")
        ordering = ["pk"]
        constraints = [
            one_of("representative_signature", "kind", SignatureKind),
            models.CheckConstraint(
                name="representative_signature_says_who_for_whom",
                condition=~Q(name="") & ~Q(on_behalf_of=""),
            ),
            models.CheckConstraint(
                name="representative_signature_annulled_at_by_and_reason",
                condition=Q(annulled_at__isnull=True, annulled_by__isnull=True, annul_reason="")
                | (Q(annulled_at__isnull=False, annulled_by__isnull=False) & ~Q(annul_reason="")),
            ),
        ]
