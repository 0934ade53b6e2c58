"""Who must sign, how they are reached, and what they signed.

Unique keys hold the round, so that these tables can be partitioned by it.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.audit.record import SubjectRef
from neutrality.casework.models import Step
from neutrality.documents.models import Document
from neutrality.organisations.models import Agency, Unit
from neutrality.organisations.validity import one_of
from neutrality.personnel.models import Employment, Person
from neutrality.vault.models import Identity, SealedBlob
from pledges.codes import (
    Assurance,
    CodeKind,
    ExemptionGround,
    ObligationState,
    SignatureKind,
    SigningChannel,
)
from pledges.models.ceremony import Ceremony
from pledges.models.round import Round, TextVersion


class Contact(models.Model):
    """Where a person is reached, as the agency states it; the address is sealed in the vault."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    identity = models.OneToOneField(Identity, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("dicatat"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("tidak dipakai sejak"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        verbose_name = _("alamat pegawai")
        verbose_name_plural = _("alamat pegawai")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "agency"],
                condition=Q(ended_at__isnull=True),
                name="contact_one_in_use_per_person_and_agency",
            ),
            models.CheckConstraint(
                name="contact_ends_after_it_was_set",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("set_at")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ContactChange(models.Model):
    """A request to reach a person elsewhere; a second officer decides it."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="changes")
    identity = models.OneToOneField(Identity, models.PROTECT, related_name="+")
    reason = models.CharField(_("alasan"), max_length=500)
    asked_at = models.DateTimeField(_("diminta"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("diputus"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted = models.BooleanField(_("dikabulkan"), null=True, blank=True)

    class Meta:
        verbose_name = _("permintaan ganti alamat")
        verbose_name_plural = _("permintaan ganti alamat")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(name="contact_change_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="contact_change_decided_at_by_and_how",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, granted__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, granted__isnull=False),
            ),
            models.CheckConstraint(
                name="contact_change_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(decided_at__isnull=True),
                name="contact_change_one_open_request",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Obligation(models.Model):
    """One person's duty to sign in one round, with the position held on the day of the snapshot.

    Of who joined after that day, it is the position held when they were found on the roster.

    Obligations are written by the million: what they name is proved once for all that a statement
    writes (migration 0009), not by a look-up for each row.
    """

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="obligations", db_constraint=False, db_index=False
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        related_name="pledge_obligations",
        db_constraint=False,
        db_index=False,
    )
    employment = models.ForeignKey(
        Employment, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    unit_at_snapshot = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    unit_now = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    state = models.CharField(
        _("keadaan"), max_length=8, choices=ObligationState, default=ObligationState.DUE
    )
    version = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(_("batas waktu"))

    class Meta:
        verbose_name = _("kewajiban pakta")
        verbose_name_plural = _("kewajiban pakta")
        constraints = [
            one_of("obligation", "state", ObligationState),
            models.UniqueConstraint(
                fields=["person", "round"], name="obligation_once_per_person_and_round"
            ),
            models.UniqueConstraint(
                fields=["public_id", "round"], name="obligation_public_id_in_round"
            ),
        ]
        indexes = [
            models.Index(fields=["round", "unit_now", "state"], name="obligation_coverage"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def ref(self) -> SubjectRef:
        """The obligation named without its table."""
        return SubjectRef("obligation", self.pk)


class Signature(models.Model):
    """One signature under one text version; an annulled one stays visible.

    `attested_at` is the time that stands in a certified file: by the time stamp of `attested_by`,
    or without one only by the signer's own device.
    """

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="signatures")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="signatures")
    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="signatures")
    step = models.OneToOneField(Step, models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="+")
    scan = models.OneToOneField(SealedBlob, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("cara"), max_length=5, choices=SignatureKind)
    assurance = models.CharField(_("pembuktian"), max_length=13, choices=Assurance)
    channel = models.CharField(_("saluran"), max_length=6, choices=SigningChannel)
    typed_name = models.CharField(_("nama yang diketik"), max_length=160, blank=True)
    signed_at = models.DateTimeField(_("ditandatangani"))
    recorded_at = models.DateTimeField(_("dicatat"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    attested_at = models.DateTimeField(_("waktu menurut berkas"), null=True, blank=True)
    attested_by = models.CharField(_("otoritas stempel waktu"), max_length=160, blank=True)
    text_sha256 = models.CharField(_("sidik naskah"), max_length=64)
    evidence_sha256 = models.CharField(_("sidik bukti"), max_length=64)
    late = models.BooleanField(_("setelah putaran ditutup"))
    after_contact_change = models.BooleanField(
        _("dalam 24 jam setelah alamat diganti"), default=False
    )
    ceremony = models.ForeignKey(
        Ceremony, models.PROTECT, null=True, blank=True, related_name="signatures"
    )
    annulled_at = models.DateTimeField(_("dibatalkan"), null=True, blank=True)
    annulled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    annul_reason = models.CharField(_("alasan pembatalan"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("tanda tangan pakta")
        verbose_name_plural = _("tanda tangan pakta")
        constraints = [
            one_of("signature", "kind", SignatureKind),
            one_of("signature", "assurance", Assurance),
            one_of("signature", "channel", SigningChannel),
            models.UniqueConstraint(
                fields=["round", "obligation", "text"],
                condition=Q(annulled_at__isnull=True),
                name="signature_one_in_force_per_text",
            ),
            models.UniqueConstraint(
                fields=["round", "public_id"], name="signature_public_id_in_round"
            ),
            models.CheckConstraint(
                name="signature_kind_fits_assurance",
                condition=Q(kind=SignatureKind.PAPER, assurance=Assurance.PAPER)
                | Q(kind=SignatureKind.TTE, assurance=Assurance.TTE)
                | Q(
                    kind__in=(SignatureKind.CLICK, SignatureKind.DRAWN),
                    assurance__in=(
                        Assurance.ONE_TIME_CODE,
                        Assurance.ATTENDED,
                        Assurance.PERSONAL_CODE,
                    ),
                ),
            ),
            models.CheckConstraint(
                name="signature_on_paper_has_a_scan",
                condition=Q(kind=SignatureKind.PAPER, scan__isnull=False)
                | ~Q(kind=SignatureKind.PAPER),
            ),
            models.CheckConstraint(
                name="signature_drawn_or_certified_has_its_file",
                condition=Q(scan__isnull=False)
                | ~Q(kind__in=(SignatureKind.DRAWN, SignatureKind.TTE)),
            ),
            models.CheckConstraint(
                name="signature_attested_by_with_its_time",
                condition=Q(attested_by="") | Q(attested_at__isnull=False),
            ),
            models.CheckConstraint(
                name="signature_recorded_by_an_operator_on_paper_or_attended",
                condition=Q(assurance__in=(Assurance.PAPER, Assurance.ATTENDED))
                & Q(recorded_by__isnull=False)
                | ~Q(assurance__in=(Assurance.PAPER, Assurance.ATTENDED))
                & Q(recorded_by__isnull=True),
            ),
            models.CheckConstraint(
                name="signature_annulled_at_by_and_reason",
                condition=Q(annulled_at__isnull=True, annulled_by__isnull=True, annul_reason="")
                | (Q(annulled_at__isnull=False, annulled_by__isnull=False) & ~Q(annul_reason="")),
            ),
            models.CheckConstraint(
                name="signature_hashes_are_sha256",
                condition=Q(
                    text_sha256__regex=r"^[0-9a-f]{64}$", evidence_sha256__regex=r"^[0-9a-f]{64}$"
                ),
            ),
        ]

        indexes = [models.Index(fields=["round", "signed_at"], name="signature_by_hour")]

    def __str__(self) -> str:
        return str(self.public_id)


class SigningCode(models.Model):
    """A personal link, a one-time code or a printed code; only a keyed hash is kept."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="codes")
    kind = models.CharField(_("jenis"), max_length=8, choices=CodeKind)
    digest = models.BinaryField(max_length=32)
    issued_at = models.DateTimeField(_("dibuat"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    expires_at = models.DateTimeField(_("berlaku sampai"), null=True, blank=True)
    used_at = models.DateTimeField(_("dipakai"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(_("percobaan salah"), default=0)

    class Meta:
        verbose_name = _("kode penandatanganan")
        verbose_name_plural = _("kode penandatanganan")
        constraints = [
            one_of("signing_code", "kind", CodeKind),
            models.UniqueConstraint(fields=["digest", "round"], name="signing_code_digest"),
            models.UniqueConstraint(
                fields=["round", "obligation", "kind"],
                condition=Q(revoked_at__isnull=True) & ~Q(kind=CodeKind.ONE_TIME),
                name="signing_code_one_link_in_use",
            ),
            models.CheckConstraint(
                name="signing_code_one_time_expires",
                condition=~Q(kind=CodeKind.ONE_TIME) | Q(expires_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["obligation", "kind", "-issued_at"], name="signing_code_by_obligation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Exemption(models.Model):
    """Somebody asks that a person need not sign; a second person decides.

    `evidence` names the paper that shows it, `scan` is its sealed copy where one was handed in.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="exemptions")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="exemptions")
    ground = models.CharField(_("dasar"), max_length=14, choices=ExemptionGround)
    explanation = models.CharField(_("keterangan"), max_length=500)
    evidence = models.CharField(_("bukti"), max_length=200)
    scan = models.OneToOneField(SealedBlob, models.PROTECT, null=True, blank=True, related_name="+")
    until_on = models.DateField(_("sampai dengan"), null=True, blank=True)
    requested_at = models.DateTimeField(_("diminta"))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted = models.BooleanField(_("dikabulkan"), null=True, blank=True)

    class Meta:
        verbose_name = _("permintaan pengecualian")
        verbose_name_plural = _("permintaan pengecualian")
        ordering = ["requested_at", "pk"]
        constraints = [
            one_of("exemption", "ground", ExemptionGround),
            models.CheckConstraint(
                name="exemption_decided_at_by_and_how",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, granted__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, granted__isnull=False),
            ),
            models.CheckConstraint(
                name="exemption_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
            ),
            models.CheckConstraint(
                name="exemption_has_evidence", condition=~Q(evidence="") & ~Q(explanation="")
            ),
            models.UniqueConstraint(
                fields=["round", "obligation"],
                condition=Q(decided_at__isnull=True),
                name="exemption_one_open_request",
            ),
        ]

    def __str__(self) -> str:
        return self.get_ground_display()
