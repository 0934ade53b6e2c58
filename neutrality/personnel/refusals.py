"""Why a change to a person's record is refused; each carries the sentence a page shows."""

from collections.abc import Sequence
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from neutrality.personnel.validators import Finding


class PersonnelRefusal(Exception):
    """A change that the rules of personnel do not allow."""

    code: ClassVar[str] = ""
    sentence: ClassVar[Promise]

    def __str__(self) -> str:
        return str(self.sentence)


class NotANumber(PersonnelRefusal):
    """The digits cannot be a number of that kind; `findings` say why."""

    code = "not_a_number"
    sentence = _("Nomor tidak sah.")

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(*findings)
        self.findings = tuple(findings)


class NumberOfAnother(PersonnelRefusal):
    """The number names another person on that day."""

    code = "number_of_another"
    sentence = _("Nomor ini sudah dipakai untuk orang lain.")

    def __init__(self, person_id: int) -> None:
        super().__init__(person_id)
        self.person_id = person_id


class HasNumber(PersonnelRefusal):
    """The person has a number of this kind that begins on that day or later."""

    code = "has_number"
    sentence = _("Orang ini sudah mempunyai nomor jenis ini pada tanggal itu atau sesudahnya.")


class HasMainPosition(PersonnelRefusal):
    """The agency already states a main position for the person in that time."""

    code = "has_main_position"
    sentence = _("Orang ini sudah mempunyai jabatan definitif di instansi tersebut.")


class UnitOfAnotherAgency(PersonnelRefusal):
    """The unit does not belong to the agency that employs."""

    code = "unit_of_another_agency"
    sentence = _("Unit kerja bukan bagian dari instansi tersebut.")


class EmploymentNotInForce(PersonnelRefusal):
    """The position does not hold on the day of the change."""

    code = "employment_not_in_force"
    sentence = _("Jabatan tidak berlaku pada tanggal perubahan.")


class ImportMoved(PersonnelRefusal):
    """The import is no longer where the page believed it to be."""

    code = "import_moved"
    sentence = _("Impor ini sudah berlanjut. Muat ulang halaman untuk melihat keadaannya.")


class OlderThanApplied(PersonnelRefusal):
    """The data is of an earlier day than what was applied last."""

    code = "older_than_applied"
    sentence = _("Data dengan tanggal yang lebih baru sudah diterapkan untuk instansi ini.")


class NotFromTheFuture(PersonnelRefusal):
    """The data speaks of a day that has not come."""

    code = "not_from_the_future"
    sentence = _("Tanggal data belum tiba.")


class NumberNotTyped(PersonnelRefusal):
    """Many would leave, and the number was not typed as it stands."""

    code = "number_not_typed"
    sentence = _("Ketik jumlah pegawai yang keluar persis seperti tertulis.")


class ColumnsMissing(PersonnelRefusal):
    """Columns without which nobody can be recognised are not mapped."""

    code = "columns_missing"
    sentence = _("Petakan nomor, nama, jabatan, dan kode atau nama unit kerja.")


class ColumnTwice(PersonnelRefusal):
    """One column of the file was chosen for two things."""

    code = "column_twice"
    sentence = _("Satu kolom dipilih untuk dua hal.")


class AnotherImportRuns(PersonnelRefusal):
    """Another import of the agency is being applied."""

    code = "another_import_runs"
    sentence = _("Impor lain untuk instansi ini sedang diterapkan. Tunggu sampai selesai.")


class UnitsUndecided(PersonnelRefusal):
    """A unit that nobody knows has no decision, or one that does not fit."""

    code = "units_undecided"
    sentence = _("Putuskan setiap unit kerja yang belum dikenal.")
