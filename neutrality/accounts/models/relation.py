"""Whom a person must not judge: relations, declared before the first case."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.accounts.models.grant import exactly_one_of
from neutrality.accounts.models.user import User
from neutrality.organisations.models import Agency, Unit
from neutrality.organisations.validity import one_of
from neutrality.personnel.models import Person


class RelationKind(models.TextChoices):
    """How a person with an account is tied to somebody or to a workplace."""

    SELF = "self", _("Orang yang sama")
    SPOUSE = "spouse", _("Suami atau istri")
    FAMILY = "family", _("Keluarga sedarah atau semenda")
    WORKPLACE = "workplace", _("Tempat kerja sekarang atau dahulu")
    INTEREST = "interest", _("Kepentingan lain")


class RelationQuerySet(models.QuerySet["Relation"]):
    """Relations, and which of them are in force."""

    def on(self, day: date) -> "RelationQuerySet":
        """Relations in force on `day`."""
        lasting = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
        return self.filter(lasting, valid_from__lte=day)


class Relation(models.Model):
    """A tie that keeps a user away from a person's, a unit's or an agency's matters."""

    user = models.ForeignKey(User, models.PROTECT, related_name="relations")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="relations"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="relations")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="relations"
    )
    kind = models.CharField(_("jenis hubungan"), max_length=12, choices=RelationKind)
    valid_from = models.DateField(_("sejak"))
    valid_until = models.DateField(_("sampai (tidak termasuk)"), null=True, blank=True)
    declared_by = models.ForeignKey(
        User, models.PROTECT, related_name="declared_relations", editable=False
    )
    declared_at = models.DateTimeField(_("dinyatakan pada"), editable=False)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="ended_relations", editable=False
    )
    ended_at = models.DateTimeField(_("diakhiri pada"), null=True, blank=True, editable=False)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("hubungan")
        verbose_name_plural = _("hubungan")
        ordering = ["user", "valid_from", "pk"]
        constraints = [
            one_of("relation", "kind", RelationKind),
            models.CheckConstraint(
                name="relation_to_exactly_one",
                condition=exactly_one_of("person", "unit", "agency"),
            ),
            models.CheckConstraint(
                name="relation_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="relation_ended_at_with_ended_by",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="relation_ended_by_somebody_else",
                condition=Q(ended_by__isnull=True) | ~Q(ended_by=F("user")),
            ),
        ]
        indexes = [models.Index(fields=["user", "valid_from"], name="relation_of_user")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject_name}"

    @property
    def subject_name(self) -> str:
        """The name of the person, unit or agency."""
        subject = self.person or self.unit or self.agency
        return subject.name if subject else ""
