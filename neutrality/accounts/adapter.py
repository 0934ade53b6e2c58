"""What allauth asks us: who may enter, where one goes, how a second factor is kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: TID251  allauth hands over requests
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from neutrality.accounts.backends import may_log_in
from neutrality.accounts.models import User
from neutrality.accounts.sealed_factors import open_seed, seal_seed

SITE_NAME = _("Netralitas ASN")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators, never by signing up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Surel atau kata sandi tidak cocok. Periksa keduanya."),
        "too_many_login_attempts": _(
            "Terlalu banyak percobaan masuk. Tunggu beberapa menit, lalu coba lagi."
        ),
        "incorrect_password": _("Kata sandi tidak cocok."),
        "enter_current_password": _("Isi kata sandi Anda sekarang."),
        "rate_limited": _("Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi."),
        "account_inactive": _("Akun ini sedang ditutup. Hubungi administrator."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        """Nobody signs up."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:  # noqa: ANN401  passed through
        """Refuse demo accounts outside the demo, however they came (a passkey asks no backend)."""
        if not may_log_in(user):
            return HttpResponseRedirect(reverse("account_inactive"))
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:  # noqa: ANN401  passed through
        """Speak the language of the account from now on."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
        return response


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps a second factor on every staff account that needs one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Kode tidak cocok. Kode berganti tiap 30 detik; isi yang terbaru."),
        "cannot_delete_authenticator": _(
            "Pengaman kedua yang terakhir tidak dapat dihapus. Tambahkan yang baru lebih dahulu."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a seed with the vault's keys before it is stored."""
        return seal_seed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored seed."""
        return open_seed(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one, where a second factor is demanded."""
        if not settings.SECOND_FACTOR_REQUIRED:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(
            pk=authenticator.pk
        )
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002  allauth's signature
        """A first name for a passkey, which its owner can change."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return str(_("Kunci sandi %(number)d") % {"number": number})

    def _get_site_name(self) -> str:
        return str(SITE_NAME)
