"""The record of acts, the log of reads, and the seals over both.

Rows are written once: triggers refuse UPDATE, DELETE and TRUNCATE on these tables
(migration 0002). Nothing here has a foreign key, so a row outlives whatever it speaks of.

In production two database roles are used. One owns the tables and runs `migrate`; the
application and its workers log in as another that is granted SELECT and INSERT on the tables
of this package (and the usage of their sequences), and owns nothing. An owner could disable the
triggers; the application's role cannot.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from neutrality.audit.actor import ActorKind

ACTOR_KINDS = [
    (ActorKind.USER.value, _("Petugas")),
    (ActorKind.CITIZEN.value, _("Warga")),
    (ActorKind.RESPONDENT.value, _("Terlapor")),
    (ActorKind.SYSTEM.value, _("Sistem")),
]


class Stream(models.TextChoices):
    """What a seal covers: the record of acts, or the log of reads."""

    RECORD = "record", _("Catatan tindakan")
    ACCESS = "access", _("Catatan akses")


class Entry(models.Model):
    """Who did what to which subject, in which role, at which two times; ids and hashes only."""

    subject_kind = models.CharField(_("jenis objek"), max_length=40)
    subject_id = models.BigIntegerField(_("nomor objek"))
    what = models.CharField(_("tindakan"), max_length=80)
    occurred_at = models.DateTimeField(_("terjadi pada"))
    recorded_at = models.DateTimeField(_("dicatat pada"))
    actor_kind = models.CharField(_("jenis pelaku"), max_length=12, choices=ACTOR_KINDS)
    user_id = models.BigIntegerField(_("akun"), null=True, blank=True)
    party_ref = models.CharField(_("pihak"), max_length=64, blank=True)
    role = models.CharField(_("peran"), max_length=40, blank=True)
    organisation_kind = models.CharField(_("jenis organisasi"), max_length=12, blank=True)
    organisation_id = models.BigIntegerField(_("organisasi"), null=True, blank=True)
    organisation_path = models.CharField(_("jalur organisasi"), max_length=255, blank=True)
    data = models.JSONField(_("data"), default=dict)
    hash = models.BinaryField(_("hash"), max_length=32)

    class Meta:
        abstract = True


class AuditRow(Entry):
    """One act on one subject, chained to the act before it on the same subject.

    The database gives `id`, `position`, `previous_hash` and `hash` under the subject's lock, so
    within a subject the order of ids is the order of the chain.
    """

    before = models.CharField(_("keadaan sebelum"), max_length=60, blank=True)
    after = models.CharField(_("keadaan sesudah"), max_length=60, blank=True)
    position = models.BigIntegerField(_("urutan"))
    previous_hash = models.BinaryField(_("hash sebelumnya"), max_length=32)

    class Meta:
        verbose_name = _("catatan audit")
        verbose_name_plural = _("catatan audit")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "position"], name="auditrow_one_chain"
            ),
            models.CheckConstraint(
                condition=Exact(Length("hash"), 32), name="auditrow_hash_is_sha256"
            ),
            models.CheckConstraint(
                condition=models.Q(Exact(Length("previous_hash"), 0), position=1)
                | models.Q(Exact(Length("previous_hash"), 32), position__gt=1),
                name="auditrow_previous_hash_from_second",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user_id", "-id"],
                name="auditrow_by_user",
                condition=models.Q(user_id__isnull=False),
            ),
            BrinIndex(fields=["recorded_at"], name="auditrow_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}: {self.what}"


class AccessRow(Entry):
    """One read. It is not chained, so readers never wait for one another; seals cover it."""

    class Meta:
        verbose_name = _("catatan akses")
        verbose_name_plural = _("catatan akses")
        constraints = [
            models.CheckConstraint(
                condition=Exact(Length("hash"), 32), name="accessrow_hash_is_sha256"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="accessrow_by_subject"),
            models.Index(
                fields=["user_id", "-id"],
                name="accessrow_by_user",
                condition=models.Q(user_id__isnull=False),
            ),
            BrinIndex(fields=["recorded_at"], name="accessrow_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}: {self.what}"


class Seal(models.Model):
    """A signed Merkle root over the rows with ids from `first_id` to `last_id`.

    `gaps` lists the ids in between that no row has (rolled back), `fingerprints` the first four
    bytes of each row's hash, so that a row that vanished or was rewritten can be named.
    """

    stream = models.CharField(_("aliran"), max_length=8, choices=Stream.choices)
    number = models.BigIntegerField(_("nomor"))
    first_id = models.BigIntegerField(_("dari"))
    last_id = models.BigIntegerField(_("sampai"))
    row_count = models.IntegerField(_("jumlah baris"))
    root = models.BinaryField(_("akar Merkle"), max_length=32)
    gaps = models.JSONField(_("nomor kosong"), default=list)
    fingerprints = models.BinaryField(_("sidik"))
    previous_hash = models.BinaryField(_("segel sebelumnya"), max_length=32)
    sealed_at = models.DateTimeField(_("disegel pada"))
    key_id = models.CharField(_("kunci"), max_length=16)
    signature = models.BinaryField(_("tanda tangan"), max_length=64)
    hash = models.BinaryField(_("hash"), max_length=32)

    class Meta:
        verbose_name = _("segel")
        verbose_name_plural = _("segel")
        constraints = [
            models.UniqueConstraint(fields=["stream", "number"], name="seal_one_chain"),
            models.UniqueConstraint(fields=["stream", "first_id"], name="seal_starts_once"),
            models.CheckConstraint(
                condition=models.Q(last_id__gte=models.F("first_id"), first_id__gte=1),
                name="seal_range_goes_forward",
            ),
            models.CheckConstraint(
                condition=models.Q(row_count__gte=1), name="seal_covers_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.number}"


class Verification(models.Model):
    """One proof of a stream that somebody asked for, and what came of it."""

    stream = models.CharField(_("aliran"), max_length=8, choices=Stream.choices)
    requested_at = models.DateTimeField(_("diminta pada"))
    requested_by_id = models.BigIntegerField(_("diminta oleh"), null=True, blank=True)
    finished_at = models.DateTimeField(_("selesai pada"), null=True, blank=True)
    rows = models.BigIntegerField(_("baris"), default=0)
    sealed_rows = models.BigIntegerField(_("baris tersegel"), default=0)
    last_seal = models.BigIntegerField(_("segel terakhir"), default=0)
    failed_row = models.BigIntegerField(_("baris yang gagal"), null=True, blank=True)
    failed_seal = models.BigIntegerField(_("segel yang gagal"), null=True, blank=True)
    failure = models.CharField(_("kegagalan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("pembuktian")
        verbose_name_plural = _("pembuktian")
        constraints = [
            models.UniqueConstraint(
                fields=["stream"],
                name="verification_one_at_a_time",
                condition=models.Q(finished_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(failure="") | models.Q(finished_at__isnull=False),
                name="verification_fails_when_finished",
            ),
        ]
        indexes = [models.Index(fields=["stream", "-id"], name="verification_newest")]

    def __str__(self) -> str:
        return f"{self.stream} {self.requested_at:%Y-%m-%d %H:%M}"
