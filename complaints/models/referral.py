"""What leaves the house: packages, items with their own life, examination, sanction."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from complaints.codes import Channel, ControlKind, Deviation, ReferralState, SanctionState
from complaints.models.base import by_field, one_of, ordered, pair, public_id_field
from complaints.models.matter import Matter
from complaints.models.people import Party
from neutrality.audit.record import SubjectRef
from neutrality.law.codes import OutcomeClass, SanctionClass
from neutrality.law.labels import choices
from neutrality.personnel.codes import EndReason


class ReferralPackage(models.Model):
    """The envelope: recipient, letter, version, channel, delivery."""

    public_id = public_id_field()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="packages")
    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(
        "organisations.ReferralBody",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    agency = models.ForeignKey(
        "organisations.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    copied_to = models.ForeignKey(
        "organisations.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveSmallIntegerField(default=1)
    letter = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    summary = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence_list = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    derivatives = models.ManyToManyField("complaints.Derivative", related_name="packages")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    sent_at = models.DateTimeField()
    sent_by = by_field()
    agenda_item = models.ForeignKey(
        "complaints.AgendaItem", on_delete=models.PROTECT, related_name="packages"
    )

    received_at = models.DateTimeField(null=True, blank=True)
    received_by = by_field()
    delivery_proof = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            pair("package", "sent"),
            pair("package", "received"),
            one_of("package", "goes_to_a_body_or_an_agency", "body", "agency"),
            models.CheckConstraint(
                name="package_received_with_proof",
                condition=Q(received_at__isnull=True) | ~Q(delivery_proof=""),
            ),
            ordered("package", "sent_at", "received_at"),
        ]

    @property
    def addressee(self) -> str:
        """The name on the envelope; body and agency must be joined."""
        return str(self.body or self.agency)


class ReferralItem(models.Model):
    """Respondent and outcome class: what the body recommends and the appointing authority does."""

    public_id = public_id_field()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="referral_items")
    respondent = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="referral_items")
    outcome = models.CharField(max_length=16, choices=choices(OutcomeClass))
    state = models.CharField(
        max_length=16, choices=ReferralState.choices, default=ReferralState.SENT
    )
    packages = models.ManyToManyField(ReferralPackage, related_name="items")
    office = models.ForeignKey("organisations.Office", on_delete=models.PROTECT, related_name="+")
    office_path = models.CharField(max_length=100)
    body = models.ForeignKey(
        "organisations.ReferralBody",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    body_path = models.CharField(max_length=160, blank=True)
    agency = models.ForeignKey(
        "organisations.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agency_informed = models.BooleanField(default=False)
    sent_at = models.DateTimeField()
    recommended_class = models.CharField(max_length=24, choices=choices(SanctionClass), blank=True)
    recommendation_number = models.CharField(max_length=80, blank=True)
    recommendation_on = models.DateField(null=True, blank=True)
    deviation = models.CharField(max_length=8, choices=Deviation.choices, blank=True)
    inactive_since = models.CharField(max_length=16, choices=ReferralState.choices, blank=True)
    inactive_as = models.CharField(max_length=14, choices=EndReason.choices, blank=True)
    control = models.CharField(max_length=8, choices=ControlKind.choices, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "respondent",
                "outcome",
                name="referral_item_once",
                condition=~Q(state=ReferralState.CANCELLED),
            ),
            models.CheckConstraint(
                name="referral_item_recommended_with_number_and_date",
                condition=~Q(
                    state__in=[
                        ReferralState.RECOMMENDED,
                        ReferralState.FOLLOW_UP,
                        ReferralState.NOT_FOLLOWED_UP,
                        ReferralState.CONTROLLED,
                    ]
                )
                | (Q(recommendation_on__isnull=False) & ~Q(recommendation_number=""))
                | Q(body__isnull=True),
            ),
            models.CheckConstraint(
                name="referral_item_goes_to_a_body_or_an_agency",
                condition=(Q(body__isnull=False) & ~Q(body_path=""))
                | Q(body__isnull=True, body_path="", agency__isnull=False, agency_informed=True),
            ),
            models.CheckConstraint(
                name="referral_item_inactive_remembers_its_state",
                condition=Q(state=ReferralState.SUBJECT_INACTIVE) & ~Q(inactive_since="")
                | ~Q(state=ReferralState.SUBJECT_INACTIVE) & Q(inactive_since=""),
            ),
            models.CheckConstraint(
                name="referral_item_inactive_as_while_inactive",
                condition=Q(state=ReferralState.SUBJECT_INACTIVE) | Q(inactive_as=""),
            ),
        ]
        indexes = [
            models.Index("office_path", "due_at", "id", name="referral_by_office"),
            models.Index(
                "office_path",
                "due_at",
                "id",
                name="referral_returned",
                condition=Q(state=ReferralState.RETURNED),
            ),
            models.Index("body_path", "state", "due_at", "id", name="referral_by_body"),
            models.Index("agency", "state", "due_at", "id", name="referral_by_agency"),
        ]

    def ref(self) -> SubjectRef:
        """Return the name under which the audit knows this item."""
        return SubjectRef(kind="referral_item", id=self.pk)

    @property
    def addressee(self) -> str:
        """Whom the item went to; body and agency must be joined."""
        return str(self.body or self.agency)


class Addressee(models.Model):
    """Who had the item, from when to when, and why it went on."""

    item = models.ForeignKey(ReferralItem, on_delete=models.PROTECT, related_name="addressees")
    body = models.ForeignKey(
        "organisations.ReferralBody",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    agency = models.ForeignKey(
        "organisations.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            one_of("addressee", "is_a_body_or_an_agency", "body", "agency"),
            ordered("addressee", "from_at", "until_at"),
            models.UniqueConstraint(
                "item", name="addressee_one_at_a_time", condition=Q(until_at__isnull=True)
            ),
        ]


class FromPaper(models.Model):
    """That the handler wrote it down from a paper of whoever acted, and their word that it is so."""

    acting_party = models.CharField(max_length=200, blank=True)
    source_number = models.CharField(max_length=120, blank=True)
    source_dated_on = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = by_field()

    class Meta:
        abstract = True


def _from_paper(table: str) -> list[models.CheckConstraint]:
    """Return the constraints that a paper is named whole, and only what is from one confirmed."""
    own = Q(acting_party="", source_number="", source_dated_on__isnull=True)
    named = ~Q(acting_party="") & ~Q(source_number="") & Q(source_dated_on__isnull=False)
    return [
        pair(table, "confirmed"),
        models.CheckConstraint(
            name=f"{table}_from_a_named_paper",
            condition=(own & Q(confirmed_at__isnull=True)) | named,
        ),
    ]


class Examiner(models.Model):
    """A member of the examining team whom the discipline officer named for one item."""

    item = models.ForeignKey(ReferralItem, on_delete=models.PROTECT, related_name="examiners")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    named_by = by_field()

    class Meta:
        constraints = [
            pair("examiner", "named"),
            models.UniqueConstraint("item", "user", name="examiner_once_per_item"),
        ]


class Examination(FromPaper):
    """The examination by the superior or a team before a sanction (PP 94/2021)."""

    item = models.ForeignKey(ReferralItem, on_delete=models.PROTECT, related_name="examinations")
    team = models.CharField(max_length=300)
    summoned_on = models.DateField()
    examined_on = models.DateField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = by_field()

    class Meta:
        constraints = [
            pair("examination", "recorded"),
            ordered("examination", "summoned_on", "examined_on"),
            *_from_paper("examination"),
        ]


class Sanction(models.Model):
    """A decree of the appointing authority; its life is the history of `SanctionStep`."""

    item = models.ForeignKey(ReferralItem, on_delete=models.PROTECT, related_name="sanctions")
    sanction_class = models.CharField(max_length=24, choices=choices(SanctionClass))
    decree_number = models.CharField(max_length=80)
    decree_on = models.DateField()
    effective_on = models.DateField()
    state = models.CharField(
        max_length=8, choices=SanctionState.choices, default=SanctionState.IMPOSED
    )
    recorded_at = models.DateTimeField()
    recorded_by = by_field()

    class Meta:
        constraints = [
            pair("sanction", "recorded"),
            models.UniqueConstraint("item", "decree_number", name="sanction_decree_once"),
        ]


class SanctionStep(FromPaper):
    """One thing that happened to a sanction after the decree."""

    sanction = models.ForeignKey(Sanction, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=8, choices=SanctionState.choices)
    sanction_class = models.CharField(max_length=24, choices=choices(SanctionClass), blank=True)
    happened_on = models.DateField()
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = by_field()

    class Meta:
        constraints = [
            pair("sanction_step", "recorded"),
            *_from_paper("sanction_step"),
            models.CheckConstraint(
                name="sanction_step_changed_names_the_class",
                condition=~Q(state=SanctionState.CHANGED) | ~Q(sanction_class=""),
            ),
        ]
