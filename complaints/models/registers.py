"""The registers of an office beside its cases: information requests, outside tasks, letters."""

from django.db import models
from django.db.models import Q

from complaints.codes import (
    ExternalSystem,
    InformationAnswer,
    LetterState,
    LetterTemplate,
    Standing,
    TaskAnswer,
)
from complaints.models.base import by_field, pair, public_id_field
from complaints.models.entries import Tip
from complaints.models.matter import Matter
from complaints.models.people import Party
from neutrality.audit.record import SubjectRef


class OfficeRow(models.Model):
    """A row of an office's register; `office_path` repeats the office for scope and lists."""

    public_id = public_id_field()
    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    office_path = models.CharField(max_length=100)

    class Meta:
        abstract = True


class InformationRequest(OfficeRow):
    """Somebody asks for information of a case (UU 14/2008); who, is sealed.

    `rule` keeps the period with which `due_at` was computed.
    """

    matter = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="information_requests"
    )
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(max_length=80)
    identity = models.ForeignKey("vault.Identity", on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=12, choices=Standing.choices)
    power_of_attorney = models.CharField(max_length=200, blank=True)
    wanted = models.TextField()
    received_at = models.DateTimeField()
    recorded_by = by_field()
    due_at = models.DateTimeField()
    rule = models.JSONField()
    answer = models.CharField(max_length=8, choices=InformationAnswer.choices, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = by_field()
    letter = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given = models.ManyToManyField("documents.Document", related_name="+")

    class Meta:
        constraints = [
            pair("information_request", "answered"),
            models.UniqueConstraint("office", "number", name="information_request_number"),
            models.CheckConstraint(
                name="information_request_answered_with_basis",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & ~Q(basis="") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                "office_path", "due_at", "id", name="information_open", condition=Q(answer="")
            ),
            models.Index("office_path", "received_at", "id", name="information_by_arrival"),
        ]

    def __str__(self) -> str:
        return self.number

    def ref(self) -> SubjectRef:
        """Return the name under which the audit knows this request."""
        return SubjectRef(kind="information_request", id=self.pk)


class OutsideTask(OfficeRow):
    """What another system asks of the office: validate a report of SBT, look at one of LAPOR!."""

    system = models.CharField(max_length=12, choices=ExternalSystem.choices)
    external_number = models.CharField(max_length=80)
    sender = models.CharField(max_length=200)
    summary = models.TextField()
    received_at = models.DateTimeField()
    recorded_by = by_field()
    due_at = models.DateTimeField()
    rule = models.JSONField()
    matter = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="outside_tasks"
    )
    tip = models.OneToOneField(
        Tip, null=True, blank=True, on_delete=models.PROTECT, related_name="outside_task"
    )
    answer = models.CharField(max_length=12, choices=TaskAnswer.choices, blank=True)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = by_field()
    letter = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            pair("outside_task", "answered"),
            models.UniqueConstraint(
                "office", "system", "external_number", name="outside_task_once_per_office"
            ),
            models.CheckConstraint(
                name="outside_task_answered_with_reason",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & ~Q(reason="") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index("office_path", "due_at", "id", name="task_open", condition=Q(answer="")),
            models.Index("office_path", "received_at", "id", name="task_by_arrival"),
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.external_number}"

    def ref(self) -> SubjectRef:
        """Return the name under which the audit knows this task."""
        return SubjectRef(kind="outside_task", id=self.pk)


class OfficeLetter(OfficeRow):
    """A letter from its first draft to its issue; an issued one is only superseded."""

    matter = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    template = models.CharField(max_length=20, choices=LetterTemplate.choices)
    addressee = models.CharField(max_length=300)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = by_field()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    sequence = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(max_length=80, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = by_field()
    document = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )

    class Meta:
        constraints = [
            pair("office_letter", "written"),
            pair("office_letter", "issued"),
            models.UniqueConstraint("office", "year", "sequence", name="office_letter_number"),
            models.CheckConstraint(
                name="office_letter_issued_with_number_and_document",
                condition=Q(state__in=[LetterState.DRAFT, LetterState.DROPPED], number="")
                | (
                    Q(state__in=[LetterState.ISSUED, LetterState.SUPERSEDED])
                    & ~Q(number="")
                    & Q(document__isnull=False, issued_at__isnull=False, sequence__isnull=False)
                ),
            ),
        ]
        indexes = [models.Index("office_path", "written_at", "id", name="letter_by_office")]

    def __str__(self) -> str:
        return self.number or self.subject

    def ref(self) -> SubjectRef:
        """Return the name under which the audit knows this letter."""
        return SubjectRef(kind="office_letter", id=self.pk)
