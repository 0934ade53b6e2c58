"""The people of a matter: respondents by name, everybody else by a sealed identity."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from complaints.codes import PartyKind, Precision
from complaints.models.base import by_field, ordered, pair, public_id_field
from complaints.models.entries import Report, Tip
from complaints.models.matter import Matter
from neutrality.law.codes import ActCode, CandidateStage, OutcomeClass, SubjectKind
from neutrality.law.labels import choices
from neutrality.personnel.codes import PositionClass


class Party(models.Model):
    """A person in a matter.

    Respondents are free text first and linked to the roster later, with the employment on the day
    of the act. Reporters, witnesses and experts have no name here: theirs is in the vault.
    """

    public_id = public_id_field()
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="parties", db_index=False
    )
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="parties"
    )
    tip = models.ForeignKey(
        Tip, null=True, blank=True, on_delete=models.PROTECT, related_name="parties"
    )
    kind = models.CharField(max_length=10, choices=PartyKind.choices)
    alias = models.CharField(max_length=40)
    identity = models.ForeignKey(
        "vault.Identity", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=300, blank=True)
    subject_kind = models.CharField(max_length=16, choices=choices(SubjectKind), blank=True)
    position_class = models.CharField(
        max_length=14, choices=PositionClass.choices, blank=True, default="", db_default=""
    )
    agency_text = models.CharField(max_length=200, blank=True)
    unit_text = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(
        "organisations.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        "organisations.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        "personnel.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    employment = models.ForeignKey(
        "personnel.Employment", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    linked_at = models.DateTimeField(null=True, blank=True)
    linked_by = by_field()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="party_only_respondents_are_named",
                condition=Q(kind=PartyKind.RESPONDENT, identity__isnull=True)
                | (~Q(kind=PartyKind.RESPONDENT) & Q(name="")),
            ),
            models.CheckConstraint(
                name="party_respondent_can_be_recognised",
                condition=~Q(kind=PartyKind.RESPONDENT) | ~Q(name="", description=""),
            ),
            models.UniqueConstraint("matter", "alias", name="party_alias_once_per_matter"),
            pair("party", "linked"),
        ]
        indexes = [
            models.Index(
                "agency",
                "matter",
                name="party_by_agency",
                condition=Q(kind=PartyKind.RESPONDENT, agency__isnull=False),
            ),
            # Whom a citizen named is found by the entry; this is for those whom an officer added.
            GinIndex(
                fields=["name"],
                name="party_name_trigram",
                opclasses=["gin_trgm_ops"],
                condition=Q(kind=PartyKind.RESPONDENT, report__isnull=True, tip__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.alias

    @property
    def spoken_alias(self) -> str:
        """The alias in the reader's language: "Terlapor 1", "Respondent 1"."""
        _word, _space, number = self.alias.partition(" ")
        return f"{PartyKind(self.kind).label} {number}".strip()


class Representation(models.Model):
    """An attorney's power for a party: scope and dates (surat kuasa khusus).

    Revoked by the party (then nobody recorded it) or recorded by an officer.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="representations")
    identity = models.ForeignKey("vault.Identity", on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=300)
    power_of_attorney = models.ForeignKey(
        "complaints.Evidence", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revocation_reason = models.CharField(max_length=300, blank=True)
    revocation_recorded_by = by_field()

    class Meta:
        constraints = [
            ordered("representation", "from_on", "until_on"),
            models.CheckConstraint(
                name="representation_reason_when_revoked",
                condition=Q(revoked_at__isnull=False)
                | Q(revocation_reason="", revocation_recorded_by__isnull=True),
            ),
        ]


class Incident(models.Model):
    """One event: when, how exactly that is known, and where or on which platform."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="incidents")
    precision = models.CharField(max_length=8, choices=Precision.choices, default=Precision.DAY)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    at_time = models.TimeField(null=True, blank=True)
    online = models.BooleanField(default=False)
    region = models.ForeignKey(
        "organisations.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(max_length=300, blank=True)
    platform = models.CharField(max_length=40, blank=True)
    account_name = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            ordered("incident", "from_on", "until_on"),
            models.CheckConstraint(
                name="incident_has_a_place_or_platform",
                condition=Q(online=True) | Q(region__isnull=False) | ~Q(place=""),
            ),
        ]


class Allegation(models.Model):
    """Incident, respondent and contest: what the citizen says, what the officer finds, the result."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="allegations")
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="allegations", db_index=False
    )
    respondent = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="allegations")
    contest = models.ForeignKey(
        "elections.Contest", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    category = models.CharField(max_length=40)
    act = models.CharField(max_length=24, choices=choices(ActCode), blank=True)
    stage = models.CharField(max_length=12, choices=choices(CandidateStage), blank=True)
    stage_reason = models.TextField(blank=True)
    violation_code = models.CharField(max_length=40, blank=True)
    qualified_at = models.DateTimeField(null=True, blank=True)
    qualified_by = by_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "incident",
                "respondent",
                "contest",
                "category",
                name="allegation_once",
                nulls_distinct=False,
            ),
            pair("allegation", "qualified"),
            models.CheckConstraint(
                name="allegation_qualified_with_act_and_stage",
                condition=Q(qualified_at__isnull=True)
                | (~Q(act="") & ~Q(stage="") & ~Q(violation_code="")),
            ),
        ]
        indexes = [
            models.Index("act", "matter", name="allegation_by_act", condition=~Q(act="")),
            models.Index("category", "matter", name="allegation_by_category", condition=Q(act="")),
        ]


class AllegationResult(models.Model):
    """One outcome class that the plenary found for an allegation; several may hold at once."""

    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, related_name="results")
    outcome = models.CharField(max_length=16, choices=choices(OutcomeClass))
    agenda_item = models.ForeignKey(
        "complaints.AgendaItem", on_delete=models.PROTECT, related_name="results"
    )
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "allegation",
                "outcome",
                name="allegation_result_once",
                condition=Q(superseded_at__isnull=True),
            )
        ]
        indexes = [
            models.Index(
                "outcome",
                "allegation",
                name="allegation_by_outcome",
                condition=Q(superseded_at__isnull=True),
            )
        ]
