"""The matter (berkas): the file that everything else hangs on, and which office handles it."""

from django.db import models
from django.db.models import Q

from complaints.act_words import spoken_acts
from complaints.codes import CaseState, ExternalSystem, HandlingRole
from complaints.models.base import by_field, ordered, pair, public_id_field
from neutrality.audit.actor import OrgRef
from neutrality.audit.record import SubjectRef
from neutrality.law.codes import Regime, RetentionClass
from neutrality.law.labels import choices


class Matter(models.Model):
    """One file from first intake on; a case once something in it is registered.

    `office`, `office_path` and `due_at` repeat the open responsible handling and the earliest
    open clock, so that lists need neither a join nor an aggregate.
    """

    public_id = public_id_field()
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=CaseState.choices, default=CaseState.INTAKE)
    regime = models.CharField(max_length=10, choices=choices(Regime), blank=True)
    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    office_path = models.CharField(max_length=100)
    contest = models.ForeignKey(
        "elections.Contest", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assignee = by_field()
    opened_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True, blank=True)
    extended_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    retention_class = models.CharField(max_length=30, choices=choices(RetentionClass), blank=True)
    retention_due_on = models.DateField(null=True, blank=True)
    legal_hold = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="matter_registered_at_from_registration_on",
                condition=Q(state=CaseState.INTAKE, registered_at__isnull=True)
                | Q(state=CaseState.CLOSED)
                | (~Q(state=CaseState.INTAKE) & Q(registered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="matter_closed_at_when_closed",
                condition=Q(state=CaseState.CLOSED, closed_at__isnull=False)
                | (~Q(state=CaseState.CLOSED) & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="matter_decided_at_when_decided",
                condition=~Q(state=CaseState.DECIDED) | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="matter_registered_with_regime",
                condition=Q(registered_at__isnull=True) | ~Q(regime=""),
            ),
        ]
        indexes = [
            models.Index(
                "office_path",
                "due_at",
                "id",
                name="matter_queue",
                condition=~Q(state=CaseState.CLOSED),
            ),
            models.Index("office_path", "state", "id", name="matter_by_state"),
            models.Index(
                "office_path",
                "due_at",
                "id",
                name="matter_handled",
                condition=Q(
                    state__in=[
                        CaseState.REGISTERED,
                        CaseState.CLARIFICATION,
                        CaseState.ASSESSMENT,
                        CaseState.DECIDED,
                    ]
                ),
            ),
            models.Index(
                "due_at",
                "id",
                name="matter_by_due",
                condition=~Q(state=CaseState.CLOSED)
                & Q(due_at__isnull=False, registered_at__isnull=False),
            ),
            models.Index(
                "office_path",
                "registered_at",
                "id",
                name="matter_by_registration",
                condition=Q(registered_at__isnull=False),
            ),
            models.Index(
                "registered_at",
                "id",
                name="matter_newest",
                condition=Q(registered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def spoken_title(self) -> str:
        """The title in the reader's language, as far as it was made of a citizen's choices."""
        return spoken_acts(self.title)

    def ref(self) -> SubjectRef:
        """Return the name under which the audit knows this matter."""
        return SubjectRef(kind="matter", id=self.pk)


class Handling(models.Model):
    """An office's part in a matter; a transfer ends one and opens the next."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="handlings")
    office = models.ForeignKey(
        "organisations.Office", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=12, choices=HandlingRole.choices)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    number_there = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "matter",
                name="handling_one_responsible_office",
                condition=Q(role=HandlingRole.RESPONSIBLE, until_at__isnull=True),
            ),
            ordered("handling", "from_at", "until_at"),
        ]
        indexes = [
            models.Index("office", "matter", name="handling_by_office"),
            models.Index(
                "office",
                name="handling_delegated",
                condition=Q(role=HandlingRole.DELEGATED, until_at__isnull=True),
            ),
        ]

    def ref(self) -> OrgRef:
        """Return the office as the audit and the grants know it."""
        return self.office.ref()


class ExternalNumber(models.Model):
    """The number by which another system knows the matter; several coexist."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="external_numbers")
    item = models.ForeignKey(
        "complaints.ReferralItem",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="external_numbers",
    )
    system = models.CharField(max_length=12, choices=ExternalSystem.choices)
    number = models.CharField(max_length=80)
    dated_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = by_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "matter", "system", "number", name="external_number_once_per_matter"
            ),
            pair("external_number", "entered"),
        ]


class Announcement(models.Model):
    """What the office's notice board says of a result: agency and position class, never a name."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="announcements")
    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80)
    text = models.TextField()
    published_at = models.DateTimeField()
    published_by = by_field()

    class Meta:
        constraints = [pair("announcement", "published")]
        indexes = [models.Index("published_at", "id", name="announcement_by_day")]


class Tally(models.Model):
    """One change of a public count; a task folds old rows together, so nobody waits for a lock."""

    kind = models.CharField(max_length=24)
    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    contest = models.ForeignKey(
        "elections.Contest", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    month = models.DateField()
    amount = models.IntegerField()
    folded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "kind",
                "office",
                "contest",
                "month",
                name="tally_folded_once",
                condition=Q(folded=True),
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index("office", "kind", "contest", "month", name="tally_by_office"),
            models.Index("id", name="tally_to_fold", condition=Q(folded=False)),
        ]
