"""Evidence: sealed originals, copies made from them, and the chain of custody."""

from django.db import models
from django.db.models import Q

from complaints.codes import (
    Audience,
    CustodyAct,
    DerivativeKind,
    EvidenceKind,
    EvidenceState,
    RedactionState,
)
from complaints.models.base import by_field, one_of, pair, public_id_field
from complaints.models.entries import Draft, Message, Report, Tip
from complaints.models.matter import Matter
from complaints.models.people import Party
from neutrality.vault.models import Arrival


class Evidence(models.Model):
    """A file, a web address or a thing, with who handed it in and when.

    A file that arrives while the report is still a draft hangs on the draft and moves to the
    matter when the report is sent. While a worker examines it, `busy_until` says how long others
    leave it alone; `waits_for` says in a sentence why a pending one still waits. `carries` holds
    the codes of what the original tells besides what it shows (`Carried`).
    `posted_on` is the local day that a post bears, `posted_at` the instant when it bears a time too.
    """

    public_id = public_id_field()
    draft = models.ForeignKey(
        Draft, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    matter = models.ForeignKey(
        Matter,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evidence",
        db_index=False,
    )
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    tip = models.ForeignKey(
        Tip, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    captures = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="captured_in"
    )
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    state = models.CharField(
        max_length=12, choices=EvidenceState.choices, default=EvidenceState.PENDING
    )
    refusal = models.CharField(max_length=200, blank=True)
    busy_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    waits_for = models.CharField(max_length=200, blank=True)
    caption = models.CharField(max_length=200, blank=True)
    shows = models.TextField(blank=True)
    original_name = models.CharField(max_length=200, blank=True)
    stored_as = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    platform = models.CharField(max_length=40, blank=True)
    account_name = models.CharField(max_length=200, blank=True)
    posted_on = models.DateField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    is_identity = models.BooleanField(default=False)
    carries = models.JSONField(default=list, blank=True)
    handed_in_at = models.DateTimeField()
    recorded_by = by_field()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_belongs_to_a_draft_or_a_matter",
                condition=Q(draft__isnull=False) | Q(matter__isnull=False),
            ),
            models.CheckConstraint(
                name="evidence_file_with_hash",
                condition=~Q(kind__in=[EvidenceKind.FILE, EvidenceKind.CAPTURE])
                | (~Q(sha256="") & ~Q(stored_as="")),
            ),
            models.CheckConstraint(
                name="evidence_web_with_address",
                condition=~Q(kind=EvidenceKind.WEB) | ~Q(url="") | ~Q(account_name=""),
            ),
            models.CheckConstraint(
                name="evidence_refused_with_sentence",
                condition=~Q(state__in=[EvidenceState.QUARANTINED, EvidenceState.REFUSED])
                | ~Q(refusal=""),
            ),
        ]
        indexes = [
            models.Index("matter", "handed_in_at", name="evidence_by_matter"),
            models.Index("id", name="evidence_pending", condition=Q(state=EvidenceState.PENDING)),
        ]

    def __str__(self) -> str:
        return self.caption or self.original_name or self.url


class Derivative(models.Model):
    """A copy made from an original; it leaves the house only for a released audience.

    The machine's copies and redacted ones are for the staff. To prepare one for another audience
    is to make a row of it with that audience, what was checked, and the words under which it goes
    out (the caption is the reporter's); a second person releases or declines it.
    """

    public_id = public_id_field()
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="derivatives")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    kind = models.CharField(max_length=10, choices=DerivativeKind.choices)
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.STAFF)
    stored_as = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    parent_sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    redactions = models.JSONField(default=list, blank=True)
    checks = models.JSONField(default=dict, blank=True)
    note = models.CharField(max_length=300, blank=True)
    wording = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = by_field()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = by_field()
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = by_field()
    decline_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            pair("derivative", "released"),
            pair("derivative", "declined"),
            models.CheckConstraint(
                name="derivative_released_by_a_second_person",
                condition=Q(released_by__isnull=True)
                | Q(made_by__isnull=True)
                | ~Q(released_by=models.F("made_by")),
            ),
            models.CheckConstraint(
                name="derivative_released_was_prepared",
                condition=Q(released_at__isnull=True)
                | (Q(made_by__isnull=False) & ~Q(audience=Audience.STAFF)),
            ),
            models.CheckConstraint(
                name="derivative_released_or_declined",
                condition=Q(released_at__isnull=True) | Q(declined_at__isnull=True),
            ),
            models.CheckConstraint(
                name="derivative_declined_with_reason",
                condition=Q(declined_at__isnull=True, decline_reason="")
                | (Q(declined_at__isnull=False) & ~Q(decline_reason="")),
            ),
            models.UniqueConstraint(
                "parent",
                "audience",
                name="derivative_prepared_once_for_an_audience",
                condition=~Q(audience=Audience.STAFF) & Q(declined_at__isnull=True),
            ),
        ]


class Redaction(models.Model):
    """The wish to redact a copy; a worker makes the new one, and films take it minutes.

    While a worker is at it, `busy_until` says how long others leave it alone.
    """

    public_id = public_id_field()
    source = models.ForeignKey(Derivative, on_delete=models.PROTECT, related_name="wishes")
    state = models.CharField(
        max_length=10, choices=RedactionState.choices, default=RedactionState.WAITING
    )
    marks = models.JSONField()
    made = models.OneToOneField(
        Derivative, null=True, blank=True, on_delete=models.PROTECT, related_name="wished_by"
    )
    refusal = models.CharField(max_length=200, blank=True)
    busy_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = by_field()

    class Meta:
        constraints = [
            pair("redaction", "asked"),
            models.CheckConstraint(
                name="redaction_state_with_outcome",
                condition=Q(state=RedactionState.WAITING, made__isnull=True, refusal="")
                | Q(state=RedactionState.DONE, made__isnull=False, refusal="")
                | (Q(state=RedactionState.REFUSED, made__isnull=True) & ~Q(refusal="")),
            ),
        ]
        indexes = [
            models.Index("id", name="redaction_waiting", condition=Q(state=RedactionState.WAITING)),
        ]


class AccountWording(models.Model):
    """The account of an entry as it may leave the house: written by one person, released by another.

    The account itself is in the reporter's own words and never leaves.
    """

    public_id = public_id_field()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="account_wordings")
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="account_wordings"
    )
    tip = models.ForeignKey(
        Tip, null=True, blank=True, on_delete=models.PROTECT, related_name="account_wordings"
    )
    audience = models.CharField(max_length=12, choices=Audience.choices)
    words = models.TextField()
    made_at = models.DateTimeField()
    made_by = by_field()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = by_field()
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = by_field()
    decline_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            one_of("accountwording", "of_one_entry", "report", "tip"),
            pair("accountwording", "made"),
            pair("accountwording", "released"),
            pair("accountwording", "declined"),
            models.CheckConstraint(
                name="accountwording_released_by_a_second_person",
                condition=Q(released_by__isnull=True) | ~Q(released_by=models.F("made_by")),
            ),
            models.CheckConstraint(
                name="accountwording_released_or_declined",
                condition=Q(released_at__isnull=True) | Q(declined_at__isnull=True),
            ),
            models.CheckConstraint(
                name="accountwording_declined_with_reason",
                condition=Q(declined_at__isnull=True, decline_reason="")
                | (Q(declined_at__isnull=False) & ~Q(decline_reason="")),
            ),
            models.UniqueConstraint(
                "report",
                "tip",
                "audience",
                name="accountwording_one_for_an_audience",
                condition=Q(declined_at__isnull=True),
                nulls_distinct=False,
            ),
        ]


class Upload(models.Model):
    """A file on its way into a draft, part by part: still arriving, arrived as evidence, or refused.

    The row stays until its time is over, so that a sender whose line broke at the last byte learns
    what became of the file.
    """

    public_id = public_id_field()
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="uploads")
    arrival = models.OneToOneField(
        Arrival, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.OneToOneField(
        Evidence, null=True, blank=True, on_delete=models.CASCADE, related_name="upload"
    )
    refusal = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200)
    caption = models.CharField(max_length=200, blank=True)
    size = models.BigIntegerField()
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="upload_arriving_arrived_or_refused",
                condition=Q(arrival__isnull=False, evidence__isnull=True, refusal="")
                | Q(arrival__isnull=True, evidence__isnull=False, refusal="")
                | (Q(arrival__isnull=True, evidence__isnull=True) & ~Q(refusal="")),
            ),
        ]
        indexes = [models.Index("expires_at", name="upload_by_expiry")]

    def __str__(self) -> str:
        return self.name


class Custody(models.Model):
    """One link of the chain of custody: received, scanned, viewed, copied, released, sent."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="custody")
    derivative = models.ForeignKey(
        Derivative, null=True, blank=True, on_delete=models.PROTECT, related_name="custody"
    )
    act = models.CharField(max_length=20, choices=CustodyAct.choices)
    reason = models.CharField(max_length=300, blank=True)
    who = models.CharField(max_length=200)
    happened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("evidence", "happened_at", name="custody_by_evidence")]
