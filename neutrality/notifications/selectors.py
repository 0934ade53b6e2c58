"""What staff see of the outbox."""

from django.db.models import QuerySet

from neutrality.notifications.models import Outbox, OutboxStatus


def given_up() -> QuerySet[Outbox]:
    """Return the messages that were given up, the latest first, with their attempts."""
    messages = Outbox.objects.filter(status=OutboxStatus.GAVE_UP).order_by("-gave_up_at")
    return messages.prefetch_related("attempts")
