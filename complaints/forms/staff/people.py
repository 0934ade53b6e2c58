"""From the answers about a person to an identity for the vault."""

from collections.abc import Mapping
from typing import Any

from complaints.codes import ReporterKind
from neutrality.vault.services import IdentityData


def reporter_of(given: Mapping[str, Any]) -> IdentityData:
    """Return the reporter: whoever came, or the person for whom an attorney came."""
    if given["sebagai"] == ReporterKind.ATTORNEY:
        return IdentityData(
            name=given["pelapor_diwakili"], phone=given["telepon"], email=given["surel"]
        )
    return _person(given)


def attorney_of(given: Mapping[str, Any]) -> IdentityData | None:
    """Return the attorney who came, or None."""
    return _person(given) if given["sebagai"] == ReporterKind.ATTORNEY else None


def _person(given: Mapping[str, Any]) -> IdentityData:
    return IdentityData(
        name=given["nama"],
        nik=given["nik"],
        address=given["alamat"],
        phone=given["telepon"],
        email=given["surel"],
        birth_place=given["tempat_lahir"],
        birth_date=given["tanggal_lahir"],
        sex=given["kelamin"],
        occupation=given["pekerjaan"],
    )
