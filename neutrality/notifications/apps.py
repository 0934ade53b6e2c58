"""The application notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Messages: kinds, outbox, channels, delivery."""

    name = "neutrality.notifications"
    verbose_name = "Pemberitahuan"
