"""What starts or feeds a matter: a draft, a report, a tip, a finding."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q

from complaints.codes import (
    DraftState,
    IdentityCheck,
    ReporterKind,
    ReportState,
    SignatureKind,
    Source,
    TipState,
)
from complaints.models.base import beginning, by_field, one_of, pair, public_id_field
from complaints.models.matter import Matter
from neutrality.audit.record import SubjectRef


class Draft(models.Model):
    """The answers of an unsent report, sealed, found again by its resume code."""

    public_id = public_id_field()
    code_digest = models.BinaryField(unique=True, max_length=32)
    state = models.CharField(max_length=8, choices=DraftState.choices, default=DraftState.OPEN)
    anonymous = models.BooleanField(default=False)
    key_id = models.CharField(max_length=40)
    answers = models.BinaryField(blank=True, default=b"")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="draft_answers_gone_when_ended",
                condition=Q(state=DraftState.OPEN, ended_at__isnull=True)
                | (~Q(state=DraftState.OPEN) & Q(ended_at__isnull=False, answers=b"")),
            ),
        ]
        indexes = [
            models.Index("expires_at", name="draft_to_expire", condition=Q(state=DraftState.OPEN))
        ]


class Entry(models.Model):
    """What reports and tips have in common; each keeps its own receipt, codes and clocks."""

    public_id = public_id_field()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="%(class)ss")
    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    office_path = models.CharField(max_length=100)
    contest = models.ForeignKey(
        "elections.Contest", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.ONLINE)
    language = models.CharField(max_length=2, default="id")
    receipt_number = models.CharField(max_length=40, unique=True)
    account = models.TextField()
    respondent_line = models.CharField(max_length=300, blank=True)
    agency_line = models.CharField(max_length=300, blank=True)
    act_line = models.CharField(max_length=200, blank=True)
    known_on = models.DateField(null=True, blank=True)
    submitted_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    assignee = by_field()
    coworker = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    text_key = models.CharField(
        max_length=32, blank=True, default="", db_default="", editable=False
    )
    search = models.GeneratedField(
        expression=SearchVector(
            "receipt_number", "respondent_line", "agency_line", "account", config="indonesian"
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        abstract = True


class Report(Entry):
    """A citizen's report (laporan) by an identified, entitled reporter."""

    state = models.CharField(
        max_length=20, choices=ReportState.choices, default=ReportState.SUBMITTED
    )
    reporter_kind = models.CharField(
        max_length=12, choices=ReporterKind.choices, default=ReporterKind.VOTER
    )
    confidential = models.BooleanField(default=True)
    signature = models.CharField(
        max_length=8, choices=SignatureKind.choices, blank=True, default="", db_default=""
    )
    late = models.BooleanField(default=False)
    window_due_at = models.DateTimeField(null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    number = models.CharField(max_length=80, blank=True)
    register_number = models.CharField(max_length=80, blank=True)
    identity_check = models.CharField(max_length=10, choices=IdentityCheck.choices, blank=True)
    identity_checked_at = models.DateTimeField(null=True, blank=True)
    identity_checked_by = by_field()
    received_at = models.DateTimeField(null=True, blank=True)
    registered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    withdrawal_recorded_at = models.DateTimeField(null=True, blank=True)
    review_round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            pair("report", "identity_checked"),
            models.CheckConstraint(
                name="report_received_with_identity_check",
                condition=Q(received_at__isnull=True) | Q(identity_checked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="report_received_at_with_number",
                condition=Q(received_at__isnull=True, number="")
                | (Q(received_at__isnull=False) & ~Q(number="")),
            ),
            models.CheckConstraint(
                name="report_registered_at_with_number",
                condition=Q(registered_at__isnull=True, register_number="")
                | (Q(registered_at__isnull=False) & ~Q(register_number="")),
            ),
            models.CheckConstraint(
                name="report_submitted_has_not_been_received",
                condition=~Q(state=ReportState.SUBMITTED) | Q(received_at__isnull=True),
            ),
            models.CheckConstraint(
                name="report_in_review_was_received",
                condition=~Q(
                    state__in=[
                        ReportState.RECEIVED,
                        ReportState.INITIAL_REVIEW,
                        ReportState.AWAITING_COMPLETION,
                        ReportState.REGISTERED,
                        ReportState.NOT_REGISTERED,
                        ReportState.REFERRED,
                    ]
                )
                | Q(received_at__isnull=False),
            ),
            models.CheckConstraint(
                name="report_registered_state_with_time",
                condition=~Q(state=ReportState.REGISTERED) | Q(registered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index("office_path", "due_at", "id", name="report_queue"),
            models.Index("office_path", "state", "due_at", "id", name="report_queue_by_state"),
            models.Index("due_at", "id", name="report_by_due", condition=Q(due_at__isnull=False)),
            models.Index("office_path", "submitted_at", "id", name="report_by_arrival"),
            models.Index("submitted_at", "id", name="report_newest"),
            models.Index(beginning("receipt_number"), name="report_by_receipt"),
            models.Index(beginning("number"), name="report_by_number", condition=~Q(number="")),
            GinIndex("search", name="report_search"),
            models.Index(
                "text_key", "office_path", name="report_same_text", condition=~Q(text_key="")
            ),
            GinIndex(
                fields=["respondent_line"],
                name="report_respondent_trigram",
                opclasses=["gin_trgm_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.receipt_number

    def ref(self) -> SubjectRef:
        """Return the name under which the audit knows this report."""
        return SubjectRef(kind="report", id=self.pk)


class Tip(Entry):
    """Preliminary information (informasi awal): no entitled or named reporter is needed."""

    state = models.CharField(max_length=12, choices=TipState.choices, default=TipState.RECORDED)
    anonymous = models.BooleanField(default=True)
    from_report = models.OneToOneField(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="as_tip"
    )
    became_report = models.OneToOneField(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="was_tip"
    )
    tracing_started_at = models.DateTimeField(null=True, blank=True)
    tracing_result = models.TextField(blank=True)
    found_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tip_tracing_has_started",
                condition=~Q(state__in=[TipState.TRACING, TipState.FINDING])
                | Q(tracing_started_at__isnull=False),
            ),
            models.CheckConstraint(
                name="tip_finding_with_result",
                condition=~Q(state=TipState.FINDING)
                | (Q(found_on__isnull=False) & ~Q(tracing_result="")),
            ),
            models.CheckConstraint(
                name="tip_report_names_its_report",
                condition=~Q(state=TipState.REPORT) | Q(became_report__isnull=False),
            ),
        ]
        indexes = [
            models.Index("office_path", "due_at", "id", name="tip_queue"),
            models.Index("office_path", "state", "due_at", "id", name="tip_queue_by_state"),
            models.Index("due_at", "id", name="tip_by_due", condition=Q(due_at__isnull=False)),
            models.Index("office_path", "submitted_at", "id", name="tip_by_arrival"),
            models.Index("submitted_at", "id", name="tip_newest"),
            models.Index(beginning("receipt_number"), name="tip_by_receipt"),
            GinIndex("search", name="tip_search"),
            GinIndex(
                fields=["respondent_line"],
                name="tip_respondent_trigram",
                opclasses=["gin_trgm_ops"],
            ),
            models.Index(
                "text_key", "office_path", name="tip_same_text", condition=~Q(text_key="")
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    def ref(self) -> SubjectRef:
        """Return the name under which the audit knows this tip."""
        return SubjectRef(kind="tip", id=self.pk)


class Finding(models.Model):
    """A finding (temuan) of the office's own supervision, set by a plenary."""

    public_id = public_id_field()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="findings")
    tip = models.OneToOneField(
        Tip, null=True, blank=True, on_delete=models.PROTECT, related_name="finding"
    )
    agenda_item = models.ForeignKey(
        "complaints.AgendaItem", on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(max_length=80)
    register_number = models.CharField(max_length=80, blank=True)
    found_on = models.DateField()
    supervision_report = models.TextField()
    set_at = models.DateTimeField()
    set_by = by_field()
    registered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            pair("finding", "set"),
            models.CheckConstraint(
                name="finding_registered_at_with_number",
                condition=Q(registered_at__isnull=True, register_number="")
                | (Q(registered_at__isnull=False) & ~Q(register_number="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AccessCode(models.Model):
    """A secret code, kept only as a keyed hash; several may lead to one report.

    An attorney's code hangs on the power of attorney and opens nothing once that has ended.
    """

    digest = models.BinaryField(unique=True, max_length=32)
    holder = models.CharField(max_length=12)
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="codes"
    )
    tip = models.ForeignKey(
        Tip, null=True, blank=True, on_delete=models.PROTECT, related_name="codes"
    )
    party = models.ForeignKey(
        "complaints.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="codes"
    )
    representation = models.ForeignKey(
        "complaints.Representation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="codes",
    )
    staff_seen = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    issued_by = by_field()
    last_used_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [one_of("access_code", "opens_one_thing", "report", "tip", "party")]


class Message(models.Model):
    """One message of the two-way mailbox between the office and a person with a code.

    What came with it hangs on it as evidence; `copies` are of other evidence, let go for a respondent.
    """

    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    tip = models.ForeignKey(
        Tip, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    party = models.ForeignKey(
        "complaints.Party",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="messages",
    )
    direction = models.CharField(max_length=12)
    body = models.TextField()
    sent_at = models.DateTimeField()
    sent_by = by_field()
    read_at = models.DateTimeField(null=True, blank=True)
    copies = models.ManyToManyField("complaints.Derivative", blank=True, related_name="messages")

    class Meta:
        constraints = [one_of("message", "belongs_to_one_mailbox", "report", "tip", "party")]
        indexes = [
            models.Index(
                "sent_at",
                "id",
                name="message_unread",
                condition=Q(direction="FROM_PARTY", read_at__isnull=True),
            )
        ]
        ordering = ["sent_at", "id"]
