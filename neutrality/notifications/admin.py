"""The outbox for administrators: what was given up is seen, and can start over."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _, ngettext

from neutrality.documents.admin import ReadOnly
from neutrality.law.clock import read_clock
from neutrality.notifications.models import Attempt, Outbox
from neutrality.notifications.services import retry_given_up


class AttemptInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """The attempts of one message."""

    model = Attempt
    extra = 0


@admin.register(Outbox)
class OutboxAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Messages without their words and without addresses."""

    list_display = ["message_key", "kind", "channel", "status", "attempts_made", "created_at"]
    list_filter = ["status", "kind", "channel"]
    fields = [
        *("message_key", "kind", "language", "status", "channel", "attempts_made"),
        *("created_at", "next_attempt_at", "sent_at", "gave_up_at"),
    ]
    ordering = ["-id"]
    show_full_result_count = False
    inlines = [AttemptInline]
    actions = ["try_again"]

    @admin.action(description=_("Coba kirim lagi yang dihentikan"), permissions=["view"])
    def try_again(self, request: Any, queryset: QuerySet[Outbox]) -> None:  # noqa: ANN401
        """Let the chosen messages that were given up start over."""
        chosen = list(queryset.values_list("pk", flat=True))
        again = retry_given_up(outbox_ids=chosen, clock=read_clock())
        words = ngettext("%d pesan dicoba lagi.", "%d pesan dicoba lagi.", again)
        self.message_user(request, words % again)
