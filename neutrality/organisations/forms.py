"""What the administrator is asked to enter a body, its successor, or an office of a district."""

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from neutrality.law.codes import BodyKind, Certainty
from neutrality.organisations.models import (
    Office,
    ReferralBody,
    Region,
    body_kinds,
    certainties,
)
from neutrality.organisations.services.bodies import BodyDraft
from neutrality.organisations.services.district_offices import SEATS, District
from neutrality.ui.acts import DayField
from neutrality.ui.forms import PlainForm

_SEGMENT: Final = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
_DISTRICT: Final = re.compile(r"^(\d\d\.\d\d\.\d\d)\s+(\S.*)$")
_LONGEST_NAME: Final = 100


class DraftForm(PlainForm):
    """A body to be."""

    code = forms.RegexField(
        regex=_SEGMENT,
        label=_("Kode"),
        max_length=40,
        help_text=_("Huruf, angka, titik, dan tanda hubung, misalnya KANREG-15."),
    )
    name = forms.CharField(label=_("Nama"), max_length=200)
    address = forms.CharField(
        label=_("Alamat"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    email = forms.EmailField(label=_("Surel"), required=False)
    legal_basis = forms.CharField(
        label=_("Dasar hukum"),
        max_length=300,
        help_text=_("Peraturan atau keputusan, dengan nomor dan tanggalnya."),
    )
    certainty = forms.ChoiceField(label=_("Kepastian"), choices=certainties)

    def draft(self) -> BodyDraft:
        """The body as it was typed."""
        data = self.cleaned_data
        return BodyDraft(
            code=data["code"],
            name=data["name"],
            legal_basis=data["legal_basis"],
            certainty=Certainty(data["certainty"]),
            address=data["address"],
            email=data["email"],
        )


class BodyForm(DraftForm):
    """A body that stands beside or below those that are there."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=body_kinds)
    parent = forms.CharField(
        label=_("Di bawah"),
        required=False,
        max_length=160,
        help_text=_("Jalur instansi di atasnya, misalnya BKN; kosong bila berdiri sendiri."),
    )
    valid_from = DayField(label=_("Berlaku sejak"))
    regions = forms.CharField(
        label=_("Wilayah kerja"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Kode wilayah dipisahkan spasi, misalnya 35 atau 35.71; "
            "kosong bila untuk seluruh Indonesia."
        ),
    )
    field_order = ("kind", "parent", "code", "name", "valid_from", "regions")

    def clean_regions(self) -> list[int]:
        """The ids of the regions; a code that nobody knows is named."""
        codes = self.cleaned_data["regions"].replace(",", " ").split()
        known = dict(Region.objects.filter(code__in=codes).values_list("code", "pk"))
        unknown = [code for code in codes if code not in known]
        if unknown:
            raise forms.ValidationError(
                _("Kode wilayah tidak dikenal: %(codes)s.") % {"codes": ", ".join(unknown)}
            )
        return list(known.values())

    def clean(self) -> dict[str, Any]:
        """The body above is of the same kind and in force on the first day."""
        data: dict[str, Any] = super().clean() or {}
        path, day = data.get("parent"), data.get("valid_from")
        if path and day:
            data["parent"] = self._above(path, day)
        return data

    def _above(self, path: str, day: date) -> ReferralBody | None:
        body = ReferralBody.objects.on(day).filter(path=path).first()
        if body is None:
            self.add_error("parent", _("Tidak ada instansi dengan jalur ini pada tanggal itu."))
        elif body.kind != self.cleaned_data.get("kind"):
            self.add_error("parent", _("Instansi di atasnya harus berjenis sama."))
        return body

    def body_kind(self) -> BodyKind:
        """The kind that was chosen."""
        return BodyKind(self.cleaned_data["kind"])


class SuccessorForm(DraftForm):
    """The body that takes another's place."""

    effective_on = DayField(
        label=_("Menggantikan sejak"),
        help_text=_("Hari pertama pengganti; instansi lama berlaku sampai sehari sebelumnya."),
    )
    field_order = ("effective_on", "code", "name")


class OpenDistrictsForm(PlainForm):
    """Offices of the districts of one regency or city."""

    parent = forms.CharField(
        label=_("Kode kabupaten atau kota"),
        max_length=5,
        help_text=_("Misalnya 35.71; kantor kecamatan berada di bawah kantornya."),
    )
    districts = forms.CharField(
        label=_("Kecamatan"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Satu baris untuk setiap kecamatan: kode lalu nama, misalnya 35.71.01 Mojoroto."
        ),
    )
    members = forms.TypedChoiceField(
        label=_("Jumlah anggota"), coerce=int, choices=[(3, "3"), (5, "5"), (7, "7")], initial=3
    )
    valid_from = DayField(label=_("Dibuka pada"))
    valid_until = DayField(
        label=_("Berlaku sampai (tidak termasuk)"),
        help_text=_("Hari pertama kantor tidak ada lagi, biasanya setelah rekapitulasi."),
    )
    decree = forms.CharField(label=_("Dasar pembentukan"), max_length=200)

    def clean_parent(self) -> Office:
        """The office of the regency or city."""
        code = self.cleaned_data["parent"]
        office = Office.objects.filter(region__code=code, level__in=SEATS).first()
        if office is None:
            raise forms.ValidationError(_("Tidak ada kantor kabupaten atau kota dengan kode ini."))
        return office

    def clean_districts(self) -> list[tuple[str, str]]:
        """Each line as code and name; the first line that is neither is named."""
        lines = [line.strip() for line in self.cleaned_data["districts"].splitlines()]
        found = []
        for line in filter(None, lines):
            match = _DISTRICT.match(line)
            if match is None or len(match[2]) > _LONGEST_NAME:
                raise forms.ValidationError(
                    _("Baris ini bukan kode dan nama kecamatan: %(line)s") % {"line": line[:60]}
                )
            found.append((match[1], match[2]))
        return found

    def clean(self) -> dict[str, Any]:
        """Every district lies in the regency or city, and each is named once."""
        data: dict[str, Any] = super().clean() or {}
        parent, districts = data.get("parent"), data.get("districts")
        if not parent or not districts:
            return data
        codes = [code for code, _name in districts]
        outside = [code for code in codes if not code.startswith(f"{parent.region.code}.")]
        if outside:
            self.add_error(
                "districts",
                _("Kecamatan di luar wilayah ini: %(codes)s.") % {"codes": ", ".join(outside)},
            )
        if len(set(codes)) < len(codes):
            self.add_error("districts", _("Setiap kecamatan ditulis satu kali."))
        return data

    def to_open(self) -> list[District]:
        """The districts with the size of their committees."""
        members = self.cleaned_data["members"]
        return [District(code, name, members) for code, name in self.cleaned_data["districts"]]


class CloseDistrictForm(PlainForm):
    """Another last day of a district's office."""

    valid_until = DayField(
        label=_("Berlaku sampai (tidak termasuk)"),
        help_text=_("Hari pertama kantor tidak ada lagi."),
    )
    decree = forms.CharField(label=_("Dasar"), max_length=200)
