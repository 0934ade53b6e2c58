"""Persons, the numbers they carry and the positions they hold."""

import uuid
from functools import partial

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from neutrality.law.codes import SubjectKind
from neutrality.law.labels import choices
from neutrality.organisations.models import Agency, Unit
from neutrality.organisations.validity import (
    Dated,
    DatedQuerySet,
    no_overlap,
    one_of,
    ordered_dates,
)
from neutrality.personnel.codes import Assignment, NumberKind, PositionClass

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
        indexes = [
            GinIndex(name="person_name_trigrams", fields=["name"], opclasses=["gin_trgm_ops"])
        ]

    def __str__(self) -> str:
        return self.name


class PersonNumber(Dated):
    """A number as a blind index and a mask; the number itself is not kept here."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="numbers")
    kind = models.CharField(_("jenis"), max_length=8, choices=NumberKind)
    digest = models.BinaryField(max_length=32)
    shown = models.CharField(_("tersamar"), max_length=24)

    objects = DatedQuerySet["PersonNumber"].as_manager()

    class Meta:
        verbose_name = _("nomor pegawai")
        verbose_name_plural = _("nomor pegawai")
        ordering = ["kind", "pk"]
        constraints = [
            ordered_dates("person_number"),
            one_of("person_number", "kind", NumberKind),
            no_overlap("person_number_names_one_person", "kind", "digest"),
            no_overlap("person_number_one_per_kind", "person", "kind"),
        ]
        indexes = [models.Index(fields=["digest"], name="person_number_digest")]

    def __str__(self) -> str:
        return self.shown


class Employment(Dated):
    """A position that a person holds at an agency, as that agency states it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="employments")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="employments")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="employments"
    )
    position_title = models.CharField(_("jabatan"), max_length=200)
    position_class = models.CharField(_("kelompok jabatan"), max_length=14, choices=PositionClass)
    kind = models.CharField(_("status kepegawaian"), max_length=16, choices=subject_kinds)
    grade = models.CharField(_("golongan"), max_length=8, blank=True)
    assignment = models.CharField(
        _("penugasan"), max_length=10, choices=Assignment, default=Assignment.MAIN
    )
    ended_because = models.CharField(_("alasan berakhir"), max_length=200, blank=True)

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
            no_overlap(
                "employment_one_main_per_agency_and_day",
                "person",
                "agency",
                condition=Q(assignment=Assignment.MAIN),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "unit", "person"], name="employment_roster"),
        ]

    def __str__(self) -> str:
        return self.position_title
