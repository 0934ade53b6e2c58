"""The history of every subject, its legal clocks, and what waits for a second person."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.audit.actor import ActorKind

KIND_LENGTH = 40
CODE_LENGTH = 60


class Subject(models.Model):
    """What a row of this package is about: a kind and an id, like `SubjectRef`."""

    subject_kind = models.CharField(_("jenis berkas"), max_length=KIND_LENGTH)
    subject_id = models.BigIntegerField(_("nomor baris"))

    class Meta:
        abstract = True


class Recorded(models.Model):
    """The two times of an act, its author, its recorder, and the paper it is recorded from."""

    occurred_at = models.DateTimeField(_("waktu kejadian"))
    recorded_at = models.DateTimeField(_("waktu pencatatan"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dicatat oleh"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    reason = models.TextField(_("alasan"), blank=True)
    acting_party = models.CharField(_("pihak yang bertindak"), max_length=200, blank=True)
    source_number = models.CharField(_("nomor surat dasar"), max_length=120, blank=True)
    source_dated_on = models.DateField(_("tanggal surat dasar"), null=True, blank=True)
    source_document = models.ForeignKey(
        "documents.Document",
        verbose_name=_("salinan surat dasar"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )

    class Meta:
        abstract = True


class StepKind(models.TextChoices):
    """A step of the workflow, or the correction of one."""

    TRANSITION = "transition", _("Langkah")
    CORRECTION = "correction", _("Koreksi")


class Step(Subject, Recorded):
    """One line of a subject's history. Steps are never deleted; a correction voids one."""

    workflow = models.CharField(_("alur"), max_length=KIND_LENGTH)
    sequence = models.PositiveIntegerField(_("urutan"))
    kind = models.CharField(
        _("jenis"), max_length=12, choices=StepKind, default=StepKind.TRANSITION
    )
    action = models.CharField(_("tindakan"), max_length=CODE_LENGTH)
    source = models.CharField(_("dari keadaan"), max_length=CODE_LENGTH, blank=True)
    target = models.CharField(_("ke keadaan"), max_length=CODE_LENGTH)
    actor_kind = models.CharField(_("jenis pelaku"), max_length=12)
    actor_label = models.CharField(_("pelaku"), max_length=200)
    role = models.CharField(_("peran"), max_length=40)
    organisation_kind = models.CharField(_("jenis organisasi"), max_length=12)
    organisation_id = models.BigIntegerField(_("organisasi"), null=True, blank=True)
    organisation_path = models.CharField(_("jalur organisasi"), max_length=255, blank=True)
    second_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("orang kedua"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    document = models.ForeignKey(
        "documents.Document",
        verbose_name=_("dokumen"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    columns_before = models.JSONField(_("nilai sebelum langkah"), default=dict, blank=True)
    confirmed_at = models.DateTimeField(_("dikonfirmasi pada"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dikonfirmasi oleh"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    voided_at = models.DateTimeField(_("dibatalkan pada"), null=True, blank=True)
    voided_by = models.ForeignKey(
        "self",
        verbose_name=_("dibatalkan oleh koreksi"),
        on_delete=models.PROTECT,
        related_name="voids",
        null=True,
        blank=True,
        db_index=False,
    )

    class Meta:
        verbose_name = _("langkah")
        verbose_name_plural = _("langkah")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "sequence"],
                name="step_sequence_once_per_subject",
            ),
            # Few steps are ever voided, and only those stand in it.
            models.UniqueConstraint(
                fields=["voided_by"],
                condition=Q(voided_by__isnull=False),
                name="step_voids_one",
            ),
            models.CheckConstraint(
                condition=Q(sequence__gte=1), name="step_sequence_starts_at_one"
            ),
            models.CheckConstraint(
                condition=Q(occurred_at__lte=F("recorded_at")), name="step_not_in_the_future"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True)
                | Q(voided_at__isnull=False, voided_by__isnull=False),
                name="step_voided_at_with_voided_by",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="step_confirmed_at_with_confirmed_by",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | ~Q(acting_party=""),
                name="step_confirmed_only_for_another_party",
            ),
            models.CheckConstraint(
                condition=Q(source_number="", source_dated_on__isnull=True)
                | Q(~Q(source_number=""), source_dated_on__isnull=False),
                name="step_source_number_with_date",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=False, actor_kind=ActorKind.USER)
                | (Q(recorded_by__isnull=True) & ~Q(actor_kind=ActorKind.USER)),
                name="step_recorded_by_with_user",
            ),
            models.CheckConstraint(
                condition=Q(second_person__isnull=True)
                | ~Q(second_person=F("recorded_by"))
                | Q(recorded_by__isnull=True),
                name="step_second_person_is_another",
            ),
            models.CheckConstraint(
                condition=Q(kind=StepKind.TRANSITION)
                | Q(kind=StepKind.CORRECTION, second_person__isnull=False),
                name="step_correction_with_second_person",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workflow", "recorded_at"], name="step_by_workflow_and_time"),
        ]

    def __str__(self) -> str:
        """Say which step of what it is."""
        return f"{self.subject_kind} {self.subject_id} #{self.sequence} {self.action}"


class ClockState(models.TextChoices):
    """Whether a period is running, was kept, was missed, or never counted."""

    OPEN = "open", _("Berjalan")
    MET = "met", _("Tepat waktu")
    LATE = "late", _("Terlambat")
    VOIDED = "voided", _("Dibatalkan")


class LegalClock(Subject):
    """One running or ended period, with the rule and the calendar that it started in."""

    code = models.CharField(_("tenggat"), max_length=40)
    state = models.CharField(
        _("keadaan"), max_length=8, choices=ClockState, default=ClockState.OPEN
    )
    rule = models.JSONField(_("aturan yang dipakai"))
    calendar = models.JSONField(_("kalender yang dipakai"))
    time_zone = models.CharField(_("zona waktu"), max_length=40)
    organisation_kind = models.CharField(_("jenis organisasi"), max_length=12)
    organisation_id = models.BigIntegerField(_("organisasi"), null=True, blank=True)
    organisation_path = models.CharField(_("jalur organisasi"), max_length=255)
    started_at = models.DateTimeField(_("mulai"))
    started_by = models.ForeignKey(
        Step,
        verbose_name=_("dimulai oleh langkah"),
        on_delete=models.PROTECT,
        related_name="clocks_started",
        null=True,
        blank=True,
    )
    due_at = models.DateTimeField(_("jatuh tempo"))
    stopped_at = models.DateTimeField(_("berhenti"), null=True, blank=True)
    stopped_by = models.ForeignKey(
        Step,
        verbose_name=_("dihentikan oleh langkah"),
        on_delete=models.PROTECT,
        related_name="clocks_stopped",
        null=True,
        blank=True,
    )
    voided_at = models.DateTimeField(_("dibatalkan pada"), null=True, blank=True)
    void_reason = models.CharField(_("alasan pembatalan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("tenggat")
        verbose_name_plural = _("tenggat")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "code"],
                condition=Q(state="open"),
                name="clock_open_once_per_subject_and_period",
            ),
            models.CheckConstraint(
                condition=Q(state=ClockState.OPEN, stopped_at__isnull=True, voided_at__isnull=True)
                | Q(
                    state=ClockState.MET,
                    stopped_at__isnull=False,
                    stopped_at__lte=F("due_at"),
                    voided_at__isnull=True,
                )
                | Q(
                    state=ClockState.LATE,
                    stopped_at__isnull=False,
                    stopped_at__gt=F("due_at"),
                    voided_at__isnull=True,
                )
                | Q(state=ClockState.VOIDED, voided_at__isnull=False),
                name="clock_state_with_its_times",
            ),
            models.CheckConstraint(
                condition=Q(stopped_by__isnull=True) | Q(stopped_at__isnull=False),
                name="clock_stopped_by_with_stopped_at",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | Q(~Q(void_reason=""), voided_at__isnull=False),
                name="clock_voided_at_with_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_kind", "subject_id"], name="clock_by_subject"),
            models.Index(fields=["due_at"], condition=Q(state="open"), name="clock_open_by_due"),
            models.Index(
                fields=["organisation_path", "due_at"],
                condition=Q(state="open"),
                name="clock_open_by_organisation_due",
                opclasses=["varchar_pattern_ops", "timestamptz_ops"],
            ),
            models.Index(
                fields=["organisation_path", "due_at"],
                condition=Q(state="open", code="COMPLETION"),
                name="clock_completion_open_by_due",
            ),
        ]

    def __str__(self) -> str:
        """Say which period of what it is."""
        return f"{self.subject_kind} {self.subject_id} {self.code}"


class ClockMove(models.Model):
    """A due instant that a later decree moved, confirmed by a supervisor."""

    clock = models.ForeignKey(
        LegalClock, verbose_name=_("tenggat"), on_delete=models.PROTECT, related_name="moves"
    )
    due_before = models.DateTimeField(_("jatuh tempo semula"))
    due_after = models.DateTimeField(_("jatuh tempo baru"))
    basis = models.CharField(_("dasar"), max_length=200)
    moved_at = models.DateTimeField(_("dipindahkan pada"))
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dipindahkan oleh"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )

    class Meta:
        verbose_name = _("perubahan tenggat")
        verbose_name_plural = _("perubahan tenggat")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(due_before=F("due_after")), name="clock_move_moves"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="clock_move_has_a_basis"),
        ]

    def __str__(self) -> str:
        """Say which clock moved."""
        return f"{self.clock_id}: {self.due_before:%Y-%m-%d} → {self.due_after:%Y-%m-%d}"


class RequestKind(models.TextChoices):
    """What waits for a second person."""

    CORRECTION = "correction", _("Koreksi langkah terakhir")
    BACKDATED_ACT = "backdated_act", _("Pencatatan mundur di luar batas")


class RequestState(models.TextChoices):
    """Whether the second person has answered."""

    OPEN = "open", _("Menunggu orang kedua")
    CONFIRMED = "confirmed", _("Disetujui")
    DECLINED = "declined", _("Ditolak")


class SecondPersonRequest(Subject, Recorded):
    """A correction, or an act dated back beyond the tolerance, that one person asked for."""

    workflow = models.CharField(_("alur"), max_length=KIND_LENGTH)
    kind = models.CharField(_("jenis"), max_length=16, choices=RequestKind)
    state = models.CharField(
        _("keadaan"), max_length=12, choices=RequestState, default=RequestState.OPEN
    )
    action = models.CharField(_("tindakan"), max_length=CODE_LENGTH)
    expected_version = models.PositiveIntegerField(_("versi berkas"))
    requester = models.JSONField(_("wewenang pemohon"), default=dict)
    data = models.JSONField(_("isian"), default=dict, blank=True)
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("diputuskan oleh"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    step = models.OneToOneField(
        Step,
        verbose_name=_("langkah yang dihasilkan"),
        on_delete=models.PROTECT,
        related_name="request",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("permintaan orang kedua")
        verbose_name_plural = _("permintaan orang kedua")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind"],
                condition=Q(state="open"),
                name="request_open_once_per_subject_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=False), name="request_has_a_requester"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="request_has_a_reason"),
            models.CheckConstraint(
                condition=Q(
                    state=RequestState.OPEN,
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                    step__isnull=True,
                )
                | Q(
                    state=RequestState.CONFIRMED,
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    step__isnull=False,
                )
                | Q(
                    state=RequestState.DECLINED,
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    step__isnull=True,
                ),
                name="request_state_with_its_decision",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=F("recorded_by"))
                | Q(state=RequestState.DECLINED),
                name="request_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        """Say what is asked."""
        return f"{self.kind} {self.subject_kind} {self.subject_id}"
