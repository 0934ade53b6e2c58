"""When very many reports begin: a proof of work by the browser, or a little patience."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

import json
from typing import Any, Final

from django import forms
from django.core import signing
from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy as _
from django_altcha import AltchaField

from complaints.models.base import new_public_id
from neutrality.ui.forms import PlainForm

# A cheap phone needs a second or two for half of these.
HARDEST: Final = 50_000
WAIT_SECONDS: Final = 30
_TOKEN_SECONDS: Final = 20 * 60
_SALT: Final = "waited"
_STRINGS: Final[dict[str, str | Promise]] = {
    "label": _("Peramban ini sedang diperiksa"),
    "verifying": _("Peramban sedang menghitung, sebentar"),
    "verified": _("Selesai dihitung"),
    "waitAlert": _("Masih menghitung, tunggu sebentar."),
    "error": _("Hitungan gagal. Muat ulang halaman ini."),
    "expired": _("Hitungan terlalu lama dibiarkan. Muat ulang halaman ini."),
}


class ProofForm(PlainForm):
    """The browser computes for a moment; nobody else is asked, and nothing is stored of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a fresh challenge in the language of the page."""
        super().__init__(*args, **kwargs)
        words = json.dumps({name: str(text) for name, text in _STRINGS.items()})
        self.fields["altcha"] = AltchaField(
            auto="onload",
            maxnumber=HARDEST,
            hidelogo=True,
            hidefooter=True,
            language=get_language(),
            strings=words,
            error_messages=dict.fromkeys(
                ("error", "invalid", "required", "replay"),
                _("Peramban belum selesai menghitung. Tunggu sebentar, lalu tekan lagi."),
            ),
        )


class WaitForm(PlainForm):
    """Without scripts one waits half a minute; each token serves once."""

    sudah_menunggu = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def clean_sudah_menunggu(self) -> str:
        """Accept a token that is old enough, not too old, and not used before."""
        token: str = self.cleaned_data["sudah_menunggu"]
        signer = signing.TimestampSigner(salt=_SALT)
        try:
            nonce = signer.unsign(token, max_age=_TOKEN_SECONDS)
        except signing.BadSignature:
            raise forms.ValidationError(_("Halaman ini terlalu lama terbuka.")) from None
        if _is_younger_than_wait(signer, token):
            raise forms.ValidationError(_("Belum 30 detik. Tunggu sebentar, lalu tekan lagi."))
        if not cache.add(f"waited:{nonce}", 1, _TOKEN_SECONDS):
            raise forms.ValidationError(_("Halaman ini sudah dipakai."))
        return token


def waiting_token() -> str:
    """Return a token that counts as waiting from now on."""
    return signing.TimestampSigner(salt=_SALT).sign(new_public_id())


def _is_younger_than_wait(signer: signing.TimestampSigner, token: str) -> bool:
    try:
        signer.unsign(token, max_age=WAIT_SECONDS)
    except signing.SignatureExpired:
        return False
    return True
