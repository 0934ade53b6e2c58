"""The forms of the account pages: allauth's work, our words."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from neutrality.accounts.lost_factor import Recognised
from neutrality.accounts.models import RelationKind
from neutrality.accounts.selectors import Choice
from neutrality.ui.forms import Plain, PlainForm

Words = dict[str, Any]


class Reworded(Plain):
    """A form of allauth with our labels and hints and without placeholders."""

    labels: ClassVar[Words] = {}
    hints: ClassVar[Words] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  allauth's arguments
        """Take allauth's fields and say them our way."""
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class LoginForm(Reworded, account.LoginForm):  # type: ignore[misc]
    """E-mail and password."""

    submit_label = pgettext_lazy("akun", "Masuk")
    labels = {"login": _("Surel"), "password": _("Kata sandi")}


class ReauthenticateForm(Reworded, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before a grave act."""

    submit_label = _("Lanjutkan")
    labels = {"password": _("Kata sandi")}


_PASSWORD_HINT = _("Paling sedikit 8 karakter. Beberapa kata yang tidak berkaitan mudah diingat.")


class ChangePasswordForm(Reworded, account.ChangePasswordForm):  # type: ignore[misc]
    """The old password and a new one, twice."""

    submit_label = _("Ganti kata sandi")
    labels = {
        "oldpassword": _("Kata sandi sekarang"),
        "password1": _("Kata sandi baru"),
        "password2": _("Kata sandi baru, sekali lagi"),
    }
    hints = {"password1": _PASSWORD_HINT}


class SetPasswordForm(Reworded, account.SetPasswordForm):  # type: ignore[misc]
    """A first password, twice."""

    submit_label = _("Simpan kata sandi")
    labels = {"password1": _("Kata sandi"), "password2": _("Kata sandi, sekali lagi")}
    hints = {"password1": _PASSWORD_HINT}


class ResetPasswordForm(Reworded, account.ResetPasswordForm):  # type: ignore[misc]
    """The address to which a link is sent."""

    submit_label = _("Kirim tautan")
    labels = {"email": _("Surel")}


class ResetPasswordKeyForm(Reworded, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password after the link was opened."""

    submit_label = _("Simpan kata sandi")
    labels = {"password1": _("Kata sandi baru"), "password2": _("Kata sandi baru, sekali lagi")}
    hints = {"password1": _PASSWORD_HINT}


_CODE_HINT = _("Enam angka dari aplikasi autentikator, atau satu kode pemulihan.")


class SecondFactorForm(Reworded, mfa.AuthenticateForm):  # type: ignore[misc]
    """The code at login."""

    submit_label = pgettext_lazy("akun", "Masuk")
    labels = {"code": _("Kode")}
    hints = {"code": _CODE_HINT}


class SecondFactorAgainForm(Reworded, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code once more, before a grave act."""

    labels = {"code": _("Kode")}
    hints = {"code": _CODE_HINT}


class ActivateTotpForm(Reworded, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    submit_label = _("Aktifkan")
    labels = {"code": _("Kode dari aplikasi")}
    hints = {"code": _("Enam angka yang sedang tampil di aplikasi.")}


class DeactivateTotpForm(Reworded, totp.DeactivateTOTPForm):  # type: ignore[misc]
    """Take the authenticator app away."""

    submit_label = _("Matikan")
    submit_tone = "danger"


class AddPasskeyForm(Reworded, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A name for a new passkey, and what the device answered."""

    labels = {
        "name": _("Nama kunci sandi"),
        "passwordless": _("Pakai juga untuk masuk tanpa kata sandi"),
    }
    hints = {
        "name": _("Misalnya nama perangkatnya."),
        "passwordless": _("Perangkat meminta sidik jari, wajah, atau PIN setiap kali."),
    }


class EditPasskeyForm(Reworded, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    submit_label = _("Simpan")
    labels = {"name": _("Nama kunci sandi")}


class GenerateCodesForm(Reworded, recovery.GenerateRecoveryCodesForm):  # type: ignore[misc]
    """New recovery codes instead of the old ones."""

    submit_label = _("Buat kode baru")


class LostFactorForm(PlainForm):
    """How the administrator made sure who is asking."""

    recognised = forms.ChoiceField(
        label=_("Bagaimana pemilik akun dikenali?"),
        choices=[choice for choice in Recognised.choices if choice[0] != Recognised.CONSOLE],
        widget=forms.RadioSelect,
    )


class FindSubjectForm(PlainForm):
    """What kind of tie, and to whom: a number of a person, or the name of a workplace."""

    submit_label = _("Cari")

    kind = forms.ChoiceField(
        label=_("Hubungan apa?"), choices=RelationKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Dengan siapa atau unit mana?"),
        max_length=120,
        min_length=3,
        help_text=_("Isi NIP, NI PPPK, atau NIK seseorang; atau nama unit kerja atau instansi."),
    )


class DeclareForm(PlainForm):
    """One of those that were found."""

    submit_label = _("Nyatakan hubungan")

    subject = forms.ChoiceField(label=_("Pilih yang dimaksud"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, found: list[Choice], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer what was found."""
        super().__init__(*args, **kwargs)
        field: forms.ChoiceField = self.fields["subject"]  # type: ignore[assignment]
        field.choices = choices_of(found)


def choices_of(found: list[Choice]) -> list[tuple[str, str]]:
    """What was found, as choices of a form."""
    return [(one.key, f"{one.name} ({one.detail})" if one.detail else one.name) for one in found]
