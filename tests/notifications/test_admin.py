"""The outbox in the admin: seen, started over, never written by hand."""

from typing import Any

import pytest
from django.contrib.admin import site
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from neutrality.notifications.admin import OutboxAdmin
from neutrality.notifications.models import Outbox
from neutrality.notifications.services import Recipient, enqueue
from tests.notifications.conftest import NOW


@pytest.mark.django_db
def test_staff_can_only_let_given_up_messages_start_over(clock):
    enqueue(
        kind="sample",
        recipient=Recipient(address="kantor@example.org"),
        clock=clock,
        dedupe_key="x",
        context={"number": "1"},
    )
    Outbox.objects.update(status="GAVE_UP", gave_up_at=NOW)
    request: Any = RequestFactory().post("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    admin = OutboxAdmin(Outbox, site)
    admin.try_again(request, Outbox.objects.all())
    assert Outbox.objects.get().status == "WAITING"
    assert [str(message) for message in request._messages] == ["1 pesan dicoba lagi."]
    assert not (admin.has_add_permission(request))
    assert not (admin.has_change_permission(request))
    assert not admin.has_delete_permission(request)
    assert "context" not in admin.fields
