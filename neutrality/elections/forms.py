"""What the administrator is asked to announce an election: who is voted on, where, and when."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from neutrality.elections.models import (
    NATIONWIDE,
    Election,
    certainties,
    regimes,
)
from neutrality.elections.services import Areas, ContestRule, ElectionPlan, StagePlan
from neutrality.law.codes import Certainty, ContestKind, Regime, StageKind
from neutrality.law.labels import label
from neutrality.organisations.models import Region
from neutrality.ui.acts import DayField, Fieldsets
from neutrality.ui.forms import PlainForm

AREAS: Final = (
    ("", _("Tidak dipilih")),
    (Areas.NATION, _("Seluruh Indonesia")),
    (Areas.PROVINCE, _("Setiap provinsi")),
    (Areas.REGENCY, _("Setiap kabupaten")),
    (Areas.CITY, _("Setiap kota")),
    (Areas.REGENCY_AND_CITY, _("Setiap kabupaten dan kota")),
)
_GENERAL: Final = (
    *("code", "name", "regime", "polling_on", "valid_from", "valid_until"),
    *("decree", "certainty"),
)
_OF_CONTEST: Final = ("areas", "only", "name", "code", "candidates")
_OF_STAGE: Final = ("from", "to")


def _field(kind: ContestKind | StageKind, part: str) -> str:
    return f"{kind.value.lower()}_{part}"


class ElectionForm(PlainForm):
    """An election with a row for each kind of contest and each stage; empty rows are left out."""

    code = forms.SlugField(
        label=_("Kode"), max_length=40, help_text=_("Misalnya pilkada-2029; tidak berubah lagi.")
    )
    name = forms.CharField(label=_("Nama"), max_length=120)
    regime = forms.ChoiceField(label=_("Rezim hukum"), choices=regimes)
    polling_on = DayField(label=_("Hari pemungutan suara"))
    valid_from = DayField(
        label=_("Laporan diterima sejak"), help_text=_("Hari pertama tahapan persiapan.")
    )
    valid_until = DayField(label=_("Berlaku sampai (tidak termasuk)"))
    decree = forms.CharField(
        label=_("Dasar"),
        max_length=200,
        help_text=_("Peraturan atau keputusan KPU tentang jadwal dan tahapan."),
    )
    certainty = forms.ChoiceField(label=_("Kepastian"), choices=certainties)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's signature
        """Add the rows of contests and stages."""
        super().__init__(*args, **kwargs)
        for kind in ContestKind:
            self._ask_contest(kind)
        for stage in StageKind:
            self.fields[_field(stage, "from")] = DayField(label=_("Mulai"), required=False)
            self.fields[_field(stage, "to")] = DayField(
                label=_("Berakhir (termasuk)"), required=False
            )

    def _ask_contest(self, kind: ContestKind) -> None:
        self.fields[_field(kind, "areas")] = forms.ChoiceField(
            label=_("Wilayah"), choices=AREAS, required=False
        )
        self.fields[_field(kind, "only")] = forms.CharField(
            label=_("Hanya di"),
            required=False,
            max_length=8000,
            help_text=_("Kode wilayah dipisahkan spasi; kosong bila di semua."),
        )
        self.fields[_field(kind, "name")] = forms.CharField(
            label=_("Nama pada laporan"),
            required=False,
            max_length=120,
            help_text=_("{name} diganti nama wilayah, {title} nama lengkapnya."),
        )
        self.fields[_field(kind, "code")] = forms.RegexField(
            regex=r"^[A-Z]{2}$",
            label=_("Kode jenis pada nomor laporan"),
            required=False,
            help_text=_("Dua huruf besar, misalnya PW."),
        )
        self.fields[_field(kind, "candidates")] = DayField(
            label=_("Calon ditetapkan pada"), required=False
        )

    @property
    def fieldsets(self) -> Fieldsets:
        """The rows under the name of what is voted on and of the stage."""
        contests: Fieldsets = [
            (label(kind), [_field(kind, part) for part in _OF_CONTEST]) for kind in ContestKind
        ]
        stages: Fieldsets = [
            (label(kind), [_field(kind, part) for part in _OF_STAGE]) for kind in StageKind
        ]
        return [(None, list(_GENERAL)), *contests, *stages]

    def clean_code(self) -> str:
        """A code names one election."""
        code: str = self.cleaned_data["code"]
        if Election.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Kode ini sudah dipakai pemilihan lain."))
        return code

    def clean(self) -> dict[str, Any]:
        """The polling lies between the ends, at least one contest is held, every row is whole."""
        data: dict[str, Any] = super().clean() or {}
        self._check_days(data)
        held = [kind for kind in ContestKind if data.get(_field(kind, "areas"))]
        if not held:
            self.add_error(None, _("Pilih paling sedikit satu jenis yang dipilih rakyat."))
        for kind in held:
            self._check_contest(kind)
        for stage in StageKind:
            self._check_stage(stage)
        return data

    def _check_days(self, data: dict[str, Any]) -> None:
        first, polling, end = (data.get(n) for n in ("valid_from", "polling_on", "valid_until"))
        if first and polling and end and not first <= polling < end:
            self.add_error("polling_on", _("Hari pemungutan suara harus di antara kedua tanggal."))

    def _check_contest(self, kind: ContestKind) -> None:
        areas = self.cleaned_data[_field(kind, "areas")]
        if (kind in NATIONWIDE) is not (areas == Areas.NATION):
            self.add_error(_field(kind, "areas"), _("Wilayah ini tidak cocok dengan jenisnya."))
        for part, sentence in (
            ("name", _("Isi nama yang tampak pada laporan.")),
            ("code", _("Isi kode jenis pada nomor laporan.")),
        ):
            if not self.cleaned_data.get(_field(kind, part)) and not self.has_error(
                _field(kind, part)
            ):
                self.add_error(_field(kind, part), sentence)
        self._check_name(kind)
        self._check_regions(kind)

    def _check_name(self, kind: ContestKind) -> None:
        pattern = self.cleaned_data.get(_field(kind, "name")) or ""
        bare = pattern.replace("{name}", "").replace("{title}", "")
        if "{" in bare or "}" in bare:
            self.add_error(
                _field(kind, "name"), _("Hanya {name} dan {title} boleh di dalam kurung kurawal.")
            )

    def _check_regions(self, kind: ContestKind) -> None:
        codes = set((self.cleaned_data.get(_field(kind, "only")) or "").split())
        known = set(Region.objects.filter(code__in=codes).values_list("code", flat=True))
        if codes - known:
            unknown = ", ".join(sorted(codes - known))
            sentence: Promise = _("Kode wilayah tidak dikenal: %(codes)s.")
            self.add_error(_field(kind, "only"), sentence % {"codes": unknown})
        self.cleaned_data[_field(kind, "only")] = frozenset(known)

    def _check_stage(self, kind: StageKind) -> None:
        first, last = self._days(kind)
        if (first is None) is not (last is None):
            missing = _field(kind, "from" if first is None else "to")
            if not self.has_error(missing):
                self.add_error(missing, _("Isi kedua tanggal tahapan ini."))
        elif first and last and last < first:
            self.add_error(_field(kind, "to"), _("Tanggal berakhir mendahului tanggal mulai."))

    def _days(self, kind: StageKind) -> tuple[date | None, date | None]:
        return (
            self.cleaned_data.get(_field(kind, "from")),
            self.cleaned_data.get(_field(kind, "to")),
        )

    def plan(self) -> ElectionPlan:
        """The election as it was typed."""
        data = self.cleaned_data
        return ElectionPlan(
            code=data["code"],
            name=data["name"],
            regime=Regime(data["regime"]),
            polling_on=data["polling_on"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
        )

    def contests(self) -> list[ContestRule]:
        """What is voted on."""
        data = self.cleaned_data
        return [
            ContestRule(
                kind=kind,
                areas=Areas(data[_field(kind, "areas")]),
                name=data[_field(kind, "name")],
                number_code=data[_field(kind, "code")],
                number_code_certainty=Certainty(data["certainty"]),
                candidates_determined_on=data[_field(kind, "candidates")],
                decree=data["decree"] if data[_field(kind, "candidates")] else "",
                only_regions=data[_field(kind, "only")],
            )
            for kind in ContestKind
            if data[_field(kind, "areas")]
        ]

    def stages(self) -> list[StagePlan]:
        """The stages whose days are known."""
        data = self.cleaned_data
        found = []
        for kind in StageKind:
            first, last = self._days(kind)
            if first and last:
                certainty = Certainty(data["certainty"])
                found.append(StagePlan(kind, first, last, data["decree"], certainty))
        return found
