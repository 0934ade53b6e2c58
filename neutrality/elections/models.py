"""Elections, the contests in them and their dated stages."""

from functools import partial

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.law.codes import Certainty, ContestKind, Regime, StageKind
from neutrality.law.labels import choices
from neutrality.organisations.models import Region
from neutrality.organisations.validity import (
    Dated,
    DatedQuerySet,
    no_overlap,
    one_of,
    ordered_dates,
)

certainties = partial(choices, Certainty)
contest_kinds = partial(choices, ContestKind)
regimes = partial(choices, Regime)
stage_kinds = partial(choices, StageKind)

NATIONWIDE = (ContestKind.PRESIDENT, ContestKind.DPR)


class Election(Dated):
    """One polling, with the law it is held under; its dates span preparation to recapitulation."""

    code = models.SlugField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    regime = models.CharField(_("rezim hukum"), max_length=10, choices=regimes)
    polling_on = models.DateField(_("hari pemungutan suara"))
    is_demo = models.BooleanField(_("contoh"), default=False)

    objects = DatedQuerySet["Election"].as_manager()

    class Meta:
        verbose_name = _("pemilihan")
        verbose_name_plural = _("pemilihan")
        ordering = ["-polling_on", "code"]
        constraints = [
            ordered_dates("election"),
            one_of("election", "regime", Regime),
            models.CheckConstraint(
                name="election_polls_while_it_runs",
                condition=Q(valid_from__lte=F("polling_on"), valid_until__gt=F("polling_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Contest(models.Model):
    """One office or council that is voted on, in its area; none for the nationwide ones."""

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="contests", verbose_name=_("pemilihan")
    )
    kind = models.CharField(_("jenis"), max_length=16, choices=contest_kinds)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contests",
        verbose_name=_("wilayah"),
    )
    name = models.CharField(_("nama"), max_length=200)
    number_code = models.CharField(_("kode jenis pada nomor laporan"), max_length=4)
    number_code_certainty = models.CharField(
        _("kepastian kode jenis"), max_length=10, choices=certainties
    )
    candidates_determined_on = models.DateField(_("calon ditetapkan pada"), null=True, blank=True)
    decree = models.CharField(_("dasar penetapan calon"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kontestasi")
        verbose_name_plural = _("kontestasi")
        ordering = ["election", "kind", "region__code"]
        constraints = [
            one_of("contest", "kind", ContestKind),
            one_of("contest", "number_code_certainty", Certainty),
            models.UniqueConstraint(
                fields=["election", "kind", "region"],
                name="contest_one_per_kind_and_region",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(fields=["id", "election"], name="contest_with_its_election"),
            models.CheckConstraint(
                name="contest_has_a_region_unless_nationwide",
                condition=Q(kind__in=NATIONWIDE, region__isnull=True)
                | (~Q(kind__in=NATIONWIDE) & Q(region__isnull=False)),
            ),
            models.CheckConstraint(
                name="contest_number_code_is_two_letters",
                condition=Q(number_code__regex=r"^[A-Z]{2}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Stage(models.Model):
    """A stage from its first to its last day, both included; narrower rows go before wider ones."""

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="stages", verbose_name=_("pemilihan")
    )
    contest = models.ForeignKey(
        Contest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="own_stages",
        verbose_name=_("kontestasi"),
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stages",
        verbose_name=_("wilayah"),
    )
    kind = models.CharField(_("tahapan"), max_length=16, choices=stage_kinds)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("berakhir"))
    decree = models.CharField(_("dasar"), max_length=200)
    certainty = models.CharField(_("kepastian"), max_length=10, choices=certainties)

    class Meta:
        verbose_name = _("tahapan")
        verbose_name_plural = _("tahapan")
        ordering = ["starts_on", "pk"]
        constraints = [
            one_of("stage", "kind", StageKind),
            one_of("stage", "certainty", Certainty),
            models.CheckConstraint(
                name="stage_ends_on_or_after_its_first_day",
                condition=Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="stage_has_a_decree", condition=~Q(decree="")),
            no_overlap(
                "stage_once_per_scope_and_day",
                "election",
                "contest?",
                "region?",
                "kind",
                begin="starts_on",
                end="ends_on",
                bounds="[]",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "starts_on", "ends_on"], name="stage_kind_and_days")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_on} - {self.ends_on}"
