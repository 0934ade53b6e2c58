"""The number that tells processes that the law changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LawVersion(models.Model):
    """A single row; every change of a law table adds one to its number."""

    number = models.BigIntegerField(_("versi"), default=0)

    class Meta:
        verbose_name = _("versi hukum")
        verbose_name_plural = _("versi hukum")
        constraints = [
            models.CheckConstraint(name="law_version_is_a_single_row", condition=models.Q(pk=1)),
        ]

    def __str__(self) -> str:
        """Show the number."""
        return str(self.number)
