"""Why a change to an organisation is refused; each carries the sentence a page shows."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class OrganisationRefusal(Exception):
    """A change that the rules of organisations do not allow."""

    code: ClassVar[str] = ""
    sentence: ClassVar[Promise]

    def __str__(self) -> str:
        return str(self.sentence)


class UnitNotInForce(OrganisationRefusal):
    """The unit does not hold on the day of the change."""

    code = "unit_not_in_force"
    sentence = _("Unit kerja tidak berlaku pada tanggal perubahan.")


class UnitsOfDifferentAgencies(OrganisationRefusal):
    """Units of two agencies cannot become one by a decree of one of them."""

    code = "units_of_different_agencies"
    sentence = _("Unit kerja berasal dari instansi yang berbeda.")


class TooFewUnits(OrganisationRefusal):
    """A merger needs two units on one side, a split two on the other."""

    code = "too_few_units"
    sentence = _("Perubahan ini memerlukan paling sedikit dua unit kerja.")


class UnitBelowItself(OrganisationRefusal):
    """A unit cannot hang below itself or what it contains."""

    code = "unit_below_itself"
    sentence = _("Unit kerja tidak dapat berada di bawah dirinya sendiri.")


class CodeTaken(OrganisationRefusal):
    """Another unit or body has the code in that time."""

    code = "code_taken"
    sentence = _("Kode ini sudah dipakai pada masa itu.")


class KindHasHead(OrganisationRefusal):
    """Every kind of body has one national head at a time; it is succeeded, not doubled."""

    code = "kind_has_head"
    sentence = _("Jenis instansi ini sudah mempunyai instansi pusat. Masukkan sebagai pengganti.")


class OfficeAlreadyOpen(OrganisationRefusal):
    """The district has an office in that time."""

    code = "office_already_open"
    sentence = _("Kecamatan ini sudah mempunyai kantor pada masa itu.")


class NotADistrictOffice(OrganisationRefusal):
    """Only district offices open and close with an election."""

    code = "not_a_district_office"
    sentence = _("Hanya kantor kecamatan yang dibuka dan ditutup selama pemilihan.")


class NoParentOffice(OrganisationRefusal):
    """The office of the regency or city is not there on that day."""

    code = "no_parent_office"
    sentence = _("Kantor kabupaten atau kota tidak berlaku pada tanggal itu.")


class BodyNotInForce(OrganisationRefusal):
    """The body does not hold on the day it would be succeeded."""

    code = "body_not_in_force"
    sentence = _("Instansi tujuan tidak berlaku pada tanggal itu.")


class EndsBeforeItBegins(OrganisationRefusal):
    """The last day lies before the first."""

    code = "ends_before_it_begins"
    sentence = _("Tanggal berakhir harus sesudah tanggal mulai.")
