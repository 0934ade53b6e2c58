"""What is forbidden, what it costs, and who must be told."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from neutrality.law.codes import (
    ActCode,
    BodyKind,
    CandidateStage,
    InstrumentStatus,
    OutcomeClass,
    PledgeTextCode,
    SanctionClass,
    SituationAnswer,
    SituationTopic,
    SubjectKind,
    ViolationCategory,
)
from neutrality.law.labels import choices, label
from neutrality.law.models.dated import DatedRow, RegimeRow, dated_constraints
from neutrality.law.reader import speaks_english
from neutrality.law.rulebook import OtherLawRule, Route, SanctionRule, ViolationRule


class Instrument(DatedRow):
    """A law, regulation or decree that a legal basis names by its code."""

    code = models.CharField(_("kode"), max_length=60)
    title = models.CharField(_("judul"), max_length=300)
    issued_on = models.DateField(_("ditetapkan"), null=True, blank=True)
    status = models.CharField(_("keadaan"), max_length=10, choices=choices(InstrumentStatus))
    changed_by = models.CharField(_("diubah/dicabut oleh"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("peraturan")
        verbose_name_plural = _("peraturan")
        constraints = dated_constraints("instrument", "code")

    def __str__(self) -> str:
        """Name code and title."""
        return f"{self.code}: {self.title}"


class TwoLanguages(models.Model):
    """A row with its own words in both languages."""

    label_id = models.CharField(_("nama (Indonesia)"), max_length=300)
    label_en = models.CharField(_("nama (Inggris)"), max_length=300)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Return the Indonesian words."""
        return self.label_id

    @property
    def label(self) -> str:
        """Return the words of the reader's language."""
        return self.label_en if speaks_english() else self.label_id


class Violation(TwoLanguages, RegimeRow):
    """What an act is at one stage, and what it can cost."""

    code = models.CharField(_("butir"), max_length=20)
    act = models.CharField(_("perbuatan"), max_length=30, choices=choices(ActCode))
    stage = models.CharField(_("tahap"), max_length=12, choices=choices(CandidateStage))
    category = models.CharField(_("golongan"), max_length=12, choices=choices(ViolationCategory))
    outcome = models.CharField(_("kelas hasil"), max_length=16, choices=choices(OutcomeClass))
    sanctions = ArrayField(
        models.CharField(max_length=30, choices=choices(SanctionClass)), verbose_name=_("sanksi")
    )

    class Meta:
        verbose_name = _("pelanggaran")
        verbose_name_plural = _("pelanggaran")
        constraints = dated_constraints("violation", "regime", "act", "stage")

    def rule(self) -> ViolationRule:
        """Return the frozen rule."""
        return ViolationRule(
            code=self.code,
            act=ActCode(self.act),
            stage=CandidateStage(self.stage),
            category=ViolationCategory(self.category),
            sanctions=tuple(SanctionClass(item) for item in self.sanctions),
            outcome=OutcomeClass(self.outcome),
            name_id=self.label_id,
            name_en=self.label_en,
            legal_basis=self.legal_basis,
            certainty=self.sure,
            note=self.note,
            row_id=self.pk,
        )


class OtherLaw(TwoLanguages, RegimeRow):
    """A crime or another law that an act may break besides neutrality."""

    code = models.CharField(_("kode"), max_length=30)
    act = models.CharField(_("perbuatan"), max_length=30, choices=choices(ActCode))
    outcome = models.CharField(_("kelas hasil"), max_length=16, choices=choices(OutcomeClass))
    penalty_id = models.CharField(_("ancaman"), max_length=200, blank=True)
    penalty_en = models.CharField(_("ancaman (Inggris)"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("pelanggaran hukum lain")
        verbose_name_plural = _("pelanggaran hukum lain")
        constraints = dated_constraints("other_law", "regime", "act", "code")

    def rule(self) -> OtherLawRule:
        """Return the frozen rule."""
        return OtherLawRule(
            code=self.code,
            act=ActCode(self.act),
            outcome=OutcomeClass(self.outcome),
            name_id=self.label_id,
            name_en=self.label_en,
            penalty_id=self.penalty_id,
            penalty_en=self.penalty_en,
            legal_basis=self.legal_basis,
            certainty=self.sure,
            row_id=self.pk,
        )


class Sanction(TwoLanguages, DatedRow):
    """A class of sanction and the measures it consists of."""

    sanction = models.CharField(_("kelas"), max_length=30, choices=choices(SanctionClass))
    measures_id = ArrayField(models.CharField(max_length=200), verbose_name=_("bentuk"))
    measures_en = ArrayField(models.CharField(max_length=200), verbose_name=_("bentuk (Inggris)"))

    class Meta:
        verbose_name = _("sanksi")
        verbose_name_plural = _("sanksi")
        constraints = dated_constraints("sanction", "sanction")

    def rule(self) -> SanctionRule:
        """Return the frozen rule."""
        return SanctionRule(
            sanction=SanctionClass(self.sanction),
            name_id=self.label_id,
            name_en=self.label_en,
            measures_id=tuple(self.measures_id),
            measures_en=tuple(self.measures_en),
            legal_basis=self.legal_basis,
            certainty=self.sure,
            row_id=self.pk,
        )


class RouteRow(RegimeRow):
    """Where an allegation against a kind of subject goes, and who imposes the sanction."""

    subject_kind = models.CharField(_("subjek"), max_length=16, choices=choices(SubjectKind))
    outcome = models.CharField(_("kelas hasil"), max_length=16, choices=choices(OutcomeClass))
    body_kind = models.CharField(_("tujuan"), max_length=20, choices=choices(BodyKind))
    via = models.CharField(_("melalui"), max_length=200, blank=True)
    ppk = models.CharField(_("yang menjatuhkan sanksi"), max_length=200)

    class Meta:
        verbose_name = _("tujuan penerusan")
        verbose_name_plural = _("tujuan penerusan")
        constraints = dated_constraints("route", "regime", "subject_kind", "outcome")

    def __str__(self) -> str:
        """Name the subject and the body."""
        return f"{label(SubjectKind(self.subject_kind))} → {label(BodyKind(self.body_kind))}"

    def rule(self) -> Route:
        """Return the frozen route."""
        return Route(
            body_kind=BodyKind(self.body_kind),
            ppk=self.ppk,
            legal_basis=self.legal_basis,
            via=self.via,
            certainty=self.sure,
            note=self.note,
            row_id=self.pk,
        )


class CitizenCategory(TwoLanguages, DatedRow):
    """What a citizen may say happened, in plain words, and the act it stands for."""

    code = models.CharField(_("kode"), max_length=30)
    act = models.CharField(_("perbuatan"), max_length=30, choices=choices(ActCode))
    example_id = models.TextField(_("contoh (Indonesia)"))
    example_en = models.TextField(_("contoh (Inggris)"))
    position = models.PositiveSmallIntegerField(_("urutan"))

    class Meta:
        verbose_name = _("pilihan warga")
        verbose_name_plural = _("pilihan warga")
        constraints = dated_constraints("citizen_category", "code")

    @property
    def example(self) -> str:
        """Return the example in the reader's language."""
        return self.example_en if speaks_english() else self.example_id


class FingerPose(TwoLanguages, DatedRow):
    """A pose of the hand in a photograph, and whether it is forbidden."""

    code = models.CharField(_("kode"), max_length=20)
    is_forbidden = models.BooleanField(_("dilarang"))
    position = models.PositiveSmallIntegerField(_("urutan"))

    class Meta:
        verbose_name = _("pose jari")
        verbose_name_plural = _("pose jari")
        constraints = dated_constraints("finger_pose", "code")


class Situation(TwoLanguages, DatedRow):
    """An everyday question "may I …?" with its answer, the reason, and the act it would be.

    `act` is empty where the answer is no act of the law; with it the consequence before and after
    the determination of candidates is read from `Violation`.
    """

    code = models.SlugField(_("kode"), max_length=40)
    topic = models.CharField(_("pokok"), max_length=16, choices=choices(SituationTopic))
    answer = models.CharField(_("jawaban"), max_length=12, choices=choices(SituationAnswer))
    act = models.CharField(_("perbuatan"), max_length=30, blank=True, choices=choices(ActCode))
    reason_id = models.TextField(_("alasan (Indonesia)"))
    reason_en = models.TextField(_("alasan (Inggris)"))
    instead_id = models.TextField(_("sebaiknya (Indonesia)"), blank=True)
    instead_en = models.TextField(_("sebaiknya (Inggris)"), blank=True)
    keywords = models.CharField(_("kata lain untuk pencarian"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("urutan"))

    class Meta:
        verbose_name = _("keadaan sehari-hari")
        verbose_name_plural = _("keadaan sehari-hari")
        constraints = dated_constraints("situation", "code")

    @property
    def reason(self) -> str:
        """Return why, in the reader's language."""
        return self.reason_en if speaks_english() else self.reason_id

    @property
    def instead(self) -> str:
        """Return what to do instead, in the reader's language; may be empty."""
        return self.instead_en if speaks_english() else self.instead_id


class PledgeWording(DatedRow):
    """A wording of the pledge; the text of a round is a copy.

    One that an agency decreed for itself, or for one election, names them by their codes and takes
    the place of the general one there.
    """

    code = models.CharField(_("naskah"), max_length=20, choices=choices(PledgeTextCode))
    language = models.CharField(_("bahasa"), max_length=2)
    agency_code = models.CharField(
        _("kode instansi"), max_length=40, blank=True, help_text=_("Kosong: untuk semua instansi.")
    )
    election_code = models.CharField(
        _("kode pemilihan"),
        max_length=40,
        blank=True,
        help_text=_("Kosong: untuk semua pemilihan."),
    )
    title = models.CharField(_("judul"), max_length=200)
    opening = models.TextField(_("pembuka"))
    points = ArrayField(models.TextField(), verbose_name=_("butir"))
    closing = models.TextField(_("penutup"))

    class Meta:
        verbose_name = _("naskah pakta")
        verbose_name_plural = _("naskah pakta")
        constraints = dated_constraints(
            "pledge_wording", "code", "language", "agency_code", "election_code"
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title
