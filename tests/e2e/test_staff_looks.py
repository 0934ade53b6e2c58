"""Every page of the offices, of the bodies and of discipline: axe finds nothing, nothing sticks out.

Near by day in Indonesian and far by night in English; who opens a page is read from the table of
who may, and what stands behind it is the world of that table.
"""

import pytest
import time_machine

from tests.access.test_pages import address_of, reviewed
from tests.access.world import NOW, World, pages
from tests.e2e.looker import DESKTOP, PHONE, Way

pytestmark = pytest.mark.django_db(transaction=True)
ROOMS = ("staff:", "liaison:", "hr:")
# Files and pieces, not pages.
FILES = {
    *("staff:audit_proof_file", "staff:calendar_file", "staff:document", "staff:evidence_file"),
    *("staff:evidence_page", "staff:item_paper", "staff:meeting_quorum", "staff:report_blank"),
    "staff:package_archive",
    *("hr:item_copy", "hr:item_paper", "hr:package_archive"),
    *("liaison:item_paper", "liaison:package_archive"),
}
# Looked at in every way, and by the journey.
SEEN = {
    *("staff:inbox", "staff:reports", "staff:report_new", "staff:tips", "staff:cases"),
    *("staff:meetings", "staff:items", "staff:calendar", "staff:offices", "staff:publications"),
    *("staff:publication_new", "staff:report", "staff:tip", "staff:report_requirements"),
}
ROLES = (
    *("handler", "supervisor", "commissioner", "intake", "auditor"),
    *("liaison", "hr_discipline", "examiner"),
)
# What another language, width and light can change.
OTHER = {"runOnly": ["color-contrast", "label", "link-name", "button-name", "target-size"]}
WAYS = {
    "id": (Way("phone", PHONE),),
    "en": (Way("desktop by night", DESKTOP, "dark", OTHER),),
}


@pytest.fixture
def world(settings, tmp_path):
    """Build what stands behind the addresses."""
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW.now, tick=True):
        yield World().build()


@pytest.mark.parametrize("looker", WAYS.items(), ids=list(WAYS), indirect=True)
def test_the_pages_of_the_offices_are_in_order(world, looker):
    values, needed, table = world.values(), pages(), reviewed()
    opened = {
        name: (role, address_of(values, name, needed[name]))
        for name in table
        if name.startswith(ROOMS) and name not in FILES | SEEN
        for role in [next((each for each in ROLES if table[name][each].startswith("200")), None)]
        if role
    }
    assert len(opened) > 90
    for role, address in sorted(opened.values()):
        looker.be(world.browsers[role, "own"])
        looker.look(address)
    assert looker.found == []
