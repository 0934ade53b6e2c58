"""What a supervisor fills in: why a deadline moves, since when a tie is no longer there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from neutrality.ui.forms import PlainForm


class MoveForm(PlainForm):
    """The decree by which a deadline moves; the new instant that was shown comes along."""

    submit_label = _("Pindahkan tenggat")

    basis = forms.CharField(
        label=_("Dasar perubahan"),
        help_text=_("Nomor dan tanggal keputusan tentang hari libur atau tahapan."),
        max_length=200,
    )
    sampai = forms.DateTimeField(widget=forms.HiddenInput)


class EndRelationForm(PlainForm):
    """The first day without the tie."""

    submit_label = _("Akhiri hubungan")

    sejak = forms.DateField(
        label=_("Tidak berlaku lagi sejak"), widget=forms.DateInput(attrs={"type": "date"})
    )
