"""No message can name who reported, whatever its template asks for."""

import pytest
from django.conf import settings
from django.template import Context
from django.template.loader import get_template

from neutrality.notifications.kinds import GIVEN_KEYS, SAFE_KEYS, registered_kinds
from neutrality.notifications.wording import template_name
from tests.access.world import SECRETS

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class Everything(dict[str, object]):
    """Answers whatever a template asks for: what is allowed as it is, all else with a secret."""

    def __contains__(self, key):
        return True

    def __missing__(self, key):
        return " ".join(SECRETS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(registered_kinds()))
def test_the_words_of_each_kind_name_nobody(kind, language):
    known = Everything({key: f"<{key}>" for key in SAFE_KEYS | GIVEN_KEYS})
    written = get_template(template_name(kind, language)).template
    words = written.render(Context(known, autoescape=False))
    assert [secret for secret in SECRETS if secret in words] == []


def test_what_a_template_asks_for_beside_the_allowed_would_be_found():
    written = get_template(template_name("pledge_signed", "id")).template
    words = written.render(Context(Everything(), autoescape=False))
    assert all(secret in words for secret in SECRETS)


def test_no_placeholder_is_for_a_person_or_a_case():
    organisations, law = {"agency", "office"}, {"election", "date", "time", "due", "expires"}
    assert organisations | law | {"code", "count", "link", "number"} == SAFE_KEYS
