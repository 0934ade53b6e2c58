"""A round, the exact text that is signed in it, and its figures once it is closed."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.audit.record import SubjectRef
from neutrality.documents.models import Publication
from neutrality.elections.models import Election
from neutrality.law.models import PledgeWording
from neutrality.organisations.models import Agency, Office, Unit
from neutrality.organisations.validity import one_of
from pledges.codes import ExemptionGround, ObligationState, RoundChangeKind, RoundKind


def every_ground() -> list[str]:
    """Return every ground of exemption: what a round accepts unless it says otherwise."""
    return [str(ground) for ground in ExemptionGround]


class TextVersion(models.Model):
    """The exact text that is signed: a copy of a wording of the law, never edited.

    `sha256` is the hash of `pledges.wording.canonical_text`, and every signature repeats it.
    """

    wording = models.ForeignKey(PledgeWording, models.PROTECT, related_name="+")
    language = models.CharField(_("bahasa"), max_length=2)
    title = models.CharField(_("judul"), max_length=200)
    opening = models.TextField(_("pembuka"))
    points = ArrayField(models.TextField(), verbose_name=_("butir"))
    closing = models.TextField(_("penutup"))
    sha256 = models.CharField(_("sidik naskah"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("dibuat"))

    class Meta:
        verbose_name = _("naskah pakta")
        verbose_name_plural = _("naskah pakta")
        constraints = [
            models.CheckConstraint(
                name="text_version_hash_is_sha256",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(name="text_version_has_points", condition=Q(points__len__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """One call to sign: an agency, its elections, a text, who must, and until when.

    `office` is the supervisory office whose zone and calendar its days follow.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="pledge_rounds")
    elections = models.ManyToManyField(Election, related_name="pledge_rounds")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    kind = models.CharField(_("siapa menandatangani"), max_length=14, choices=RoundKind)
    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="rounds")
    snapshot_on = models.DateField(_("pegawai per tanggal"))
    with_non_asn = models.BooleanField(_("pegawai non-ASN juga diminta"), default=False)
    opens_at = models.DateTimeField(_("dibuka"))
    closes_at = models.DateTimeField(_("batas waktu"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("ditutup"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    circular_number = models.CharField(_("nomor surat edaran"), max_length=120, blank=True)
    circular_on = models.DateField(_("tanggal surat edaran"), null=True, blank=True)
    circulars = models.ManyToManyField(Publication, blank=True, related_name="pledge_rounds")
    exemption_grounds = ArrayField(
        models.CharField(max_length=13),
        verbose_name=_("dasar pengecualian yang berlaku"),
        default=every_ground,
        blank=True,
    )

    class Meta:
        verbose_name = _("putaran pakta")
        verbose_name_plural = _("putaran pakta")
        ordering = ["-opens_at", "-pk"]
        constraints = [
            one_of("pledge_round", "kind", RoundKind),
            models.CheckConstraint(
                name="pledge_round_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
            ),
            models.CheckConstraint(
                name="pledge_round_closed_at_by",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="pledge_round_circular_number_with_date",
                condition=Q(circular_number="", circular_on__isnull=True)
                | (~Q(circular_number="") & Q(circular_on__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["agency", "-opens_at", "-id"], name="round_by_agency")]

    def __str__(self) -> str:
        return f"{self.agency} {self.snapshot_on}"

    @property
    def asks_individuals(self) -> bool:
        """Whether every person on the roster must sign."""
        return self.kind != RoundKind.REPRESENTATIVE

    @property
    def has_representatives(self) -> bool:
        """Whether some sign on behalf of others."""
        return self.kind != RoundKind.INDIVIDUAL

    def ref(self) -> SubjectRef:
        """The round named without its table."""
        return SubjectRef("pledge_round", self.pk)


class RoundChange(models.Model):
    """What was changed of a running round, by whom and why; never written again."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="changes")
    kind = models.CharField(_("perubahan"), max_length=8, choices=RoundChangeKind)
    changed_at = models.DateTimeField(_("diubah"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(_("alasan"), max_length=500)
    closed_before = models.DateTimeField(_("batas waktu semula"))
    closes_after = models.DateTimeField(_("batas waktu baru"))
    text_before = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    text_after = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("perubahan putaran")
        verbose_name_plural = _("perubahan putaran")
        ordering = ["changed_at", "pk"]
        constraints = [
            one_of("round_change", "kind", RoundChangeKind),
            models.CheckConstraint(name="round_change_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="round_change_changes_what_it_says",
                condition=Q(
                    kind=RoundChangeKind.EXTENDED,
                    closes_after__gt=F("closed_before"),
                    text_after=F("text_before"),
                )
                | (
                    Q(kind=RoundChangeKind.TEXT, closes_after=F("closed_before"))
                    & ~Q(text_after=F("text_before"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.changed_at:%Y-%m-%d}"


class FrozenCount(models.Model):
    """How many were in a state, in a unit, when the round closed; never written again."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="frozen_counts")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("keadaan"), max_length=8, choices=ObligationState)
    number = models.PositiveIntegerField(_("jumlah"))

    class Meta:
        verbose_name = _("angka penutupan")
        verbose_name_plural = _("angka penutupan")
        constraints = [
            one_of("frozen_count", "state", ObligationState),
            models.UniqueConstraint(
                fields=["round", "unit", "state"],
                name="frozen_count_once_per_unit_and_state",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.number}"
