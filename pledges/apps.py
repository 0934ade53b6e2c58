"""The application pledges."""

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    """Integrity pledges: who must sign, who has, and the proof."""

    name = "pledges"
    verbose_name = "Pakta integritas"
