"""Who is what, where, from when until when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.accounts.models.user import User
from neutrality.accounts.roles import HELD_AT, OrganisationKind, Role
from neutrality.audit.actor import NATIONAL, OrgRef
from neutrality.organisations.models import Agency, Office, ReferralBody, Unit
from neutrality.organisations.validity import no_overlap, one_of

ORGANISATION_COLUMNS = ("office", "agency", "unit", "body")


def exactly_one_of(*columns: str) -> Q:
    """One foreign key is filled and the others are empty."""
    condition = Q()
    for chosen in columns:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in columns})
    return condition


def at_exactly_one_organisation() -> Q:
    """One organisation and not national, or national and no organisation."""
    nowhere = Q(**{f"{name}__isnull": True for name in ORGANISATION_COLUMNS})
    somewhere = exactly_one_of(*ORGANISATION_COLUMNS)
    return (Q(is_national=False) & somewhere) | (Q(is_national=True) & nowhere)


def held_where_it_can_be() -> Q:
    """Each role stands with a kind of organisation it can be held at."""
    condition = Q()
    for role, kinds in HELD_AT.items():
        for kind in sorted(kinds):  # the same in every process, as the migration has it
            place = (
                Q(is_national=True)
                if kind == OrganisationKind.NATIONAL
                else Q(**{f"{kind}__isnull": False})
            )
            condition |= Q(role=role) & place
    return condition


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Grants, and which of them are in force."""

    def on(self, day: date) -> "RoleGrantQuerySet":
        """Grants in force on `day`."""
        lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
        return self.filter(lasting, starts_on__lte=day)

    def with_organisations(self) -> "RoleGrantQuerySet":
        """Grants with the organisation they are at, in the same query."""
        return self.select_related(*ORGANISATION_COLUMNS)


class RoleGrant(models.Model):
    """One role of one person at one organisation; `ends_on` is the first day without it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name=_("orang"))
    role = models.CharField(_("peran"), max_length=20, choices=Role)
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("kantor"),
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("instansi"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("unit kerja"),
    )
    body = models.ForeignKey(
        ReferralBody,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("instansi tujuan"),
    )
    is_national = models.BooleanField(_("nasional"), default=False)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("berakhir (tidak termasuk)"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="granted",
        editable=False,
        verbose_name=_("diberikan oleh"),
    )
    granted_at = models.DateTimeField(_("diberikan pada"), editable=False)
    ended_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ended",
        editable=False,
        verbose_name=_("diakhiri oleh"),
    )
    ended_at = models.DateTimeField(_("diakhiri pada"), null=True, blank=True, editable=False)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemberian peran")
        verbose_name_plural = _("pemberian peran")
        ordering = ["user", "starts_on", "pk"]
        constraints = [
            one_of("role_grant", "role", Role),
            models.CheckConstraint(
                name="role_grant_at_exactly_one_organisation",
                condition=at_exactly_one_organisation(),
            ),
            models.CheckConstraint(
                name="role_grant_held_where_the_role_can_be", condition=held_where_it_can_be()
            ),
            models.CheckConstraint(
                name="role_grant_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="role_grant_ended_by_with_ended_at",
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False),
            ),
            no_overlap(
                "role_grant_once_per_day",
                "user",
                "role",
                *(f"{name}?" for name in ORGANISATION_COLUMNS),
                begin="starts_on",
                end="ends_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.place}"

    @property
    def place(self) -> str:
        """The name of the organisation."""
        organisation = self.office or self.agency or self.unit or self.body
        return organisation.name if organisation else str(OrganisationKind.NATIONAL.label)

    def at(self) -> OrgRef:
        """The organisation without its table."""
        organisation = self.office or self.agency or self.unit or self.body
        return organisation.ref() if organisation else NATIONAL
