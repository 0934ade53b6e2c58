"""The application accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, role grants, second factors, relations."""

    name = "neutrality.accounts"
    verbose_name = "Akun"
