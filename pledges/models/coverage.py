"""Who has signed, kept as sums by path: written by triggers, folded by a task, always exact.

Every change of an obligation's round, unit or state leaves a change here in the same statement
(migration `0005_tally_coverage`); a reader adds up the folded sums and the fresh changes. Writers only
insert, so nobody waits for anybody.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from neutrality.organisations.validity import one_of
from pledges.codes import ObligationState
from pledges.models.round import Round


class CoverageChange(models.Model):
    """So many more (or fewer) in a state directly at one place of the tree; not folded yet.

    Without a constraint to the round: signing must not touch a row that others need.
    """

    round = models.ForeignKey(Round, models.DO_NOTHING, db_constraint=False, related_name="+")
    path = models.CharField(max_length=400)
    state = models.CharField(_("keadaan"), max_length=8, choices=ObligationState)
    amount = models.BigIntegerField(_("jumlah"))

    class Meta:
        verbose_name = _("perubahan cakupan")
        verbose_name_plural = _("perubahan cakupan")
        constraints = [one_of("coverage_change", "state", ObligationState)]

    def __str__(self) -> str:
        return f"{self.path} {self.state} {self.amount:+d}"


class CoverageSum(models.Model):
    """How many are in a state at one place of the tree and below it, as far as folded."""

    round = models.ForeignKey(Round, models.DO_NOTHING, db_constraint=False, related_name="+")
    path = models.CharField(max_length=400)
    parent_path = models.CharField(max_length=400)
    state = models.CharField(_("keadaan"), max_length=8, choices=ObligationState)
    number = models.BigIntegerField(_("jumlah"))

    class Meta:
        verbose_name = _("jumlah cakupan")
        verbose_name_plural = _("jumlah cakupan")
        constraints = [
            one_of("coverage_sum", "state", ObligationState),
            models.UniqueConstraint(
                fields=["round", "path", "state"], name="coverage_sum_once_per_place_and_state"
            ),
        ]
        indexes = [
            models.Index(fields=["round", "parent_path"], name="coverage_sum_children"),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.state} {self.number}"
