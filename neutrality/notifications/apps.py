"""The application notifications."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import pgettext_lazy


class NotificationsConfig(AppConfig):
    """Messages: kinds, outbox, channels, delivery."""

    name = "neutrality.notifications"
    verbose_name = pgettext_lazy("aplikasi", "Pemberitahuan")

    def ready(self) -> None:
        """Check the words of all kinds."""
        from neutrality.notifications.checks import check_kinds  # noqa: PLC0415 needs the apps

        register(check_kinds)
