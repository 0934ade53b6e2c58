"""What an agency hands in about its people: the import, its rows, its differences, its tokens."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from neutrality.audit.record import SubjectRef
from neutrality.organisations.models import Agency, Unit
from neutrality.organisations.validity import one_of
from neutrality.personnel.codes import ChangeKind, FileKind, ImportSource, ImportState
from neutrality.vault.models import SealedBlob

OVER = Q(state__in=(ImportState.APPLIED, ImportState.DISCARDED, ImportState.FAILED))


class AgencyRosterSettings(models.Model):
    """What an agency decided once about its files: the columns, and whether others count.

    `columns` gives for each of our fields the header of the file.
    """

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="roster_settings")
    columns = models.JSONField(_("pemetaan kolom"), default=dict)
    takes_non_asn = models.BooleanField(_("menerima pegawai non-ASN"), default=False)
    changed_at = models.DateTimeField(_("diubah"))

    class Meta:
        verbose_name = _("pengaturan data pegawai")
        verbose_name_plural = _("pengaturan data pegawai")

    def __str__(self) -> str:
        return str(self.agency)


class RosterToken(models.Model):
    """A key by which a personnel system hands in differences; only its keyed hash is kept."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="roster_tokens")
    label = models.CharField(_("nama sistem"), max_length=80)
    digest = models.BinaryField(max_length=32, unique=True)
    applies_at_once = models.BooleanField(_("perubahan langsung diterapkan"), default=False)
    created_at = models.DateTimeField(_("dibuat"))
    created_by_id = models.BigIntegerField(_("dibuat oleh"))
    used_at = models.DateTimeField(_("terakhir dipakai"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)
    revoked_by_id = models.BigIntegerField(_("dicabut oleh"), null=True, blank=True)

    class Meta:
        verbose_name = _("kunci API data pegawai")
        verbose_name_plural = _("kunci API data pegawai")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="roster_token_has_a_label", condition=~Q(label="")),
            models.CheckConstraint(
                name="roster_token_revoked_at_by",
                condition=Q(revoked_at__isnull=True, revoked_by_id__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class RosterImport(models.Model):
    """One statement of an agency about its people on a day, from the file to the difference.

    `scope` is the unit below which people can be missing; empty means the whole agency, and with
    `names_leavers` nobody is missing: who leaves is named in the data. `units` holds what is
    to become of units that nobody knows yet, `figures` the counts of the check.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="roster_imports")
    scope = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(_("asal"), max_length=4, choices=ImportSource)
    token = models.ForeignKey(RosterToken, models.PROTECT, null=True, related_name="+")
    names_leavers = models.BooleanField(_("yang keluar disebut"), default=False)
    states_on = models.DateField(_("keadaan per tanggal"))
    state = models.CharField(
        _("keadaan"), max_length=9, choices=ImportState, default=ImportState.UPLOADED
    )
    blob = models.ForeignKey(SealedBlob, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(_("nama berkas"), max_length=200)
    file_kind = models.CharField(_("jenis berkas"), max_length=4, choices=FileKind)
    sha256 = models.CharField(_("sidik berkas"), max_length=64)
    layout = models.JSONField(_("bentuk berkas"), default=dict)
    columns = models.JSONField(_("pemetaan kolom"), default=dict)
    units = models.JSONField(_("unit yang belum dikenal"), default=list)
    problem = models.CharField(_("masalah"), max_length=40, blank=True)
    figures = models.JSONField(_("angka"), default=dict)
    uploaded_at = models.DateTimeField(_("diterima"))
    uploaded_by_id = models.BigIntegerField(_("diterima dari"), null=True)
    checked_at = models.DateTimeField(_("diperiksa"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("disetujui"), null=True, blank=True)
    confirmed_by_id = models.BigIntegerField(_("disetujui oleh"), null=True, blank=True)
    ended_at = models.DateTimeField(_("selesai"), null=True, blank=True)

    class Meta:
        verbose_name = _("impor data pegawai")
        verbose_name_plural = _("impor data pegawai")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            one_of("roster_import", "source", ImportSource),
            one_of("roster_import", "state", ImportState),
            one_of("roster_import", "file_kind", FileKind),
            models.CheckConstraint(
                name="roster_import_hash_is_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="roster_import_ended_when_over",
                condition=(OVER & Q(ended_at__isnull=False)) | (~OVER & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="roster_import_failed_with_a_problem",
                condition=Q(state=ImportState.FAILED) & ~Q(problem="")
                | ~Q(state=ImportState.FAILED) & Q(problem=""),
            ),
            models.CheckConstraint(
                name="roster_import_applied_after_confirmation",
                condition=Q(confirmed_at__isnull=False)
                | ~Q(state__in=(ImportState.APPLYING, ImportState.APPLIED)),
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(state=ImportState.APPLYING),
                name="roster_import_one_applied_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                F("agency"), F("uploaded_at").desc(), F("id").desc(), name="roster_import_history"
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def ref(self) -> SubjectRef:
        """The import named without its table."""
        return SubjectRef("roster_import", self.pk)


class RosterRow(models.Model):
    """A row as it was read, until the import has ended; number and addresses only as digests.

    Of an import that was applied the wrong rows stay until the agency applies the next one.

    The digest of an address that cannot be one is empty; without an address there is none.

    The table is not logged and not part of backups: after a crash it is empty, and the file is
    read again. Rows are filled by COPY; `error` is the code of the first thing wrong.
    """

    import_id = models.BigIntegerField()
    row = models.IntegerField()
    error = models.CharField(max_length=24, blank=True)
    number_kind = models.CharField(max_length=8)
    digest = models.BinaryField(max_length=32, null=True)
    shown = models.CharField(max_length=24)
    former = models.BinaryField(max_length=32, null=True)
    name = models.TextField()
    unit_code = models.TextField()
    unit_name = models.TextField()
    position_title = models.TextField()
    position_class = models.CharField(max_length=14)
    kind = models.CharField(max_length=16)
    grade = models.TextField()
    since = models.DateField(null=True)
    leaves_because = models.CharField(max_length=12, blank=True)
    email = models.BinaryField(max_length=32, null=True)
    phone = models.BinaryField(max_length=32, null=True)

    class Meta:
        managed = False
        db_table = "personnel_rosterrow"
        verbose_name = _("baris impor")
        verbose_name_plural = _("baris impor")

    def __str__(self) -> str:
        return f"{self.import_id}:{self.row}"


class RosterDifference(models.Model):
    """What one row, or somebody's absence, changes in the roster; not logged, like the rows."""

    import_id = models.BigIntegerField()
    row = models.IntegerField(null=True)
    what = models.CharField(max_length=7, choices=ChangeKind)
    person_id = models.BigIntegerField()
    is_known = models.BooleanField()
    employment_id = models.BigIntegerField(null=True)
    in_place = models.BooleanField()
    has_number = models.BooleanField()
    stated = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    number_kind = models.CharField(max_length=8)
    digest = models.BinaryField(max_length=32, null=True)
    shown = models.CharField(max_length=24)
    name = models.CharField(max_length=160)
    position_title = models.CharField(max_length=200)
    position_class = models.CharField(max_length=14)
    kind = models.CharField(max_length=16)
    grade = models.CharField(max_length=8)
    begins_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=12, blank=True)

    class Meta:
        managed = False
        db_table = "personnel_rosterdifference"
        verbose_name = _("perbedaan data pegawai")
        verbose_name_plural = _("perbedaan data pegawai")

    def __str__(self) -> str:
        return f"{self.what} {self.person_id}"
