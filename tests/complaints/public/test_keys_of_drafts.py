"""A draft that waits survives the retirement of a master key."""

import pytest
from django.core.management import call_command

from complaints.models import Draft
from complaints.services.drafts import find_draft
from neutrality.law.clock import read_clock
from tests.complaints.public.journey import ACCOUNT, begin
from tests.vault.conftest import NEW, OLD

pytestmark = pytest.mark.django_db(transaction=True)


def test_rotation_moves_unsent_reports_too(client, settings):
    settings.VAULT_KEYS = OLD
    code = begin(client)
    client.post("/lapor/uraian/", {"uraian": ACCOUNT})
    settings.VAULT_KEYS = f"{NEW},{OLD}"
    call_command("rotate_keys")
    settings.VAULT_KEYS = NEW
    assert Draft.objects.get().key_id == "new"
    assert find_draft(code=code, clock=read_clock()).answers["uraian"] == {"uraian": ACCOUNT}
