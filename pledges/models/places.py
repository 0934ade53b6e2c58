"""Where people sign together: QR codes on a wall, and tablets with an attendant."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.audit.record import SubjectRef
from neutrality.organisations.models import Unit
from neutrality.organisations.validity import one_of
from pledges.codes import WallKind
from pledges.models.ceremony import Ceremony
from pledges.models.round import Round


class WallCode(models.Model):
    """A QR code for many: it names a place and opens nothing by itself, so it is kept as it is."""

    kind = models.CharField(_("untuk"), max_length=6, choices=WallKind)
    token = models.CharField(_("alamat"), max_length=32, unique=True)
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="wall_codes"
    )
    ceremony = models.ForeignKey(
        Ceremony, models.PROTECT, null=True, blank=True, related_name="wall_codes"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(_("dibuat"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)

    class Meta:
        verbose_name = _("kode QR bersama")
        verbose_name_plural = _("kode QR bersama")
        ordering = ["pk"]
        constraints = [
            one_of("wall_code", "kind", WallKind),
            models.CheckConstraint(
                name="wall_code_is_for_a_round_or_a_ceremony",
                condition=Q(kind=WallKind.SIGN, round__isnull=False)
                | Q(kind=WallKind.ATTEND, ceremony__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind", "round", "ceremony", "unit"],
                condition=Q(revoked_at__isnull=True),
                nulls_distinct=False,
                name="wall_code_one_in_use_per_place",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Kiosk(models.Model):
    """A tablet at a ceremony; the attendant unlocks each signature by a PIN, having seen the card.

    The tablet holds no staff session: whoever walks away with it can open nothing.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="kiosks")
    ceremony = models.ForeignKey(
        Ceremony, models.PROTECT, null=True, blank=True, related_name="kiosks"
    )
    attendant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pin_digest = models.BinaryField(max_length=32)
    wrong_pins = models.PositiveSmallIntegerField(_("PIN salah"), default=0)
    opened_at = models.DateTimeField(_("dibuka"))
    expires_at = models.DateTimeField(_("berlaku sampai"))
    closed_at = models.DateTimeField(_("ditutup"), null=True, blank=True)

    class Meta:
        verbose_name = _("layar penandatanganan")
        verbose_name_plural = _("layar penandatanganan")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="kiosk_expires_after_it_opened", condition=Q(expires_at__gt=F("opened_at"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def ref(self) -> SubjectRef:
        """The tablet named without its table."""
        return SubjectRef("pledge_kiosk", self.pk)
