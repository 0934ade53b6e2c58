"""Persons, the numbers they carry and the positions they hold.

Rosters are written by the million: migration 0004 says how the database keeps these tables whole
without a look-up per row, and docs/adr/0010 why.
"""

import uuid
from functools import partial

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from neutrality.law.codes import SubjectKind
from neutrality.law.labels import choices
from neutrality.organisations.models import Agency, Unit
from neutrality.organisations.validity import (
    Dated,
    DatedQuerySet,
    one_of,
    ordered_dates,
)
from neutrality.personnel.codes import Assignment, EndReason, NumberKind, PositionClass

subject_kinds = partial(choices, SubjectKind)


class Person(models.Model):
    """Somebody who serves or served the public; numbers and positions come and go."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nama"), max_length=160)

    class Meta:
        verbose_name = _("orang")
        verbose_name_plural = _("orang")
        ordering = ["name", "pk"]
        constraints = [models.CheckConstraint(name="person_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name


class PersonNumber(Dated):
    """A number as a blind index and a mask; the number itself is not kept here."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="numbers", db_constraint=False, db_index=False
    )
    kind = models.CharField(_("jenis"), max_length=8, choices=NumberKind)
    digest = models.BinaryField(max_length=32)
    shown = models.CharField(_("tersamar"), max_length=24)
    import_id = models.BigIntegerField(_("impor"), null=True, blank=True, editable=False)

    objects = DatedQuerySet["PersonNumber"].as_manager()

    class Meta:
        verbose_name = _("nomor pegawai")
        verbose_name_plural = _("nomor pegawai")
        ordering = ["kind", "pk"]
        constraints = [
            ordered_dates("person_number"),
            one_of("person_number", "kind", NumberKind),
            # An empty end is equal to another, so that a number that still holds is there once.
            models.UniqueConstraint(
                fields=["digest", "kind", "valid_until"],
                name="person_number_names_one_person",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "valid_until"],
                name="person_number_one_per_kind",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.shown


class Employment(Dated):
    """A position that a person holds at an agency, as that agency states it.

    `import_id` is the import that wrote it; `stated` the digest of the row that it was written
    from, by which the next import sees at once that nothing changed. Both are empty in what was
    entered by hand.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="employments", db_constraint=False
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="employments", db_constraint=False, db_index=False
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="employments",
        db_constraint=False,
        db_index=False,
    )
    position_title = models.CharField(_("jabatan"), max_length=200)
    position_class = models.CharField(_("kelompok jabatan"), max_length=14, choices=PositionClass)
    kind = models.CharField(_("status kepegawaian"), max_length=16, choices=subject_kinds)
    grade = models.CharField(_("golongan"), max_length=8, blank=True)
    assignment = models.CharField(
        _("penugasan"), max_length=10, choices=Assignment, default=Assignment.MAIN
    )
    end_reason = models.CharField(_("sebab berakhir"), max_length=12, choices=EndReason, blank=True)
    ended_because = models.CharField(_("alasan berakhir"), max_length=200, blank=True)
    import_id = models.BigIntegerField(_("impor"), null=True, blank=True, editable=False)
    stated = models.BigIntegerField(null=True, blank=True, editable=False)

    objects = DatedQuerySet["Employment"].as_manager()

    class Meta:
        verbose_name = _("jabatan pegawai")
        verbose_name_plural = _("jabatan pegawai")
        ordering = ["-valid_from", "pk"]
        constraints = [
            ordered_dates("employment"),
            one_of("employment", "position_class", PositionClass),
            one_of("employment", "kind", SubjectKind),
            one_of("employment", "assignment", Assignment),
            models.CheckConstraint(
                name="employment_has_a_beginning", condition=Q(valid_from__isnull=False)
            ),
            models.CheckConstraint(
                name="employment_end_reason_is_known",
                condition=Q(end_reason="") | Q(end_reason__in=EndReason.values),
            ),
            models.UniqueConstraint(
                fields=["person", "agency"],
                condition=Q(assignment=Assignment.MAIN, valid_until__isnull=True),
                name="employment_one_main_per_agency_and_day",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "unit", "person"], name="employment_roster"),
        ]

    def __str__(self) -> str:
        return self.position_title
