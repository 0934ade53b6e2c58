"""Every page for every role of the own, the upper, a neighbouring and a foreign organisation.

`pages.csv` was read by people: a cell holds the answers to GET for own/parent/neighbour/foreign,
or one where all are the same. A body's parent is its head, an agency has no neighbour here.
"""

import csv
import io
import re
import zipfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.test import override_settings
from django.urls import reverse
from psycopg2 import sql

from complaints.selectors.exports import LISTS
from complaints.services.open_package import archive, package_parts
from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AccessRow
from neutrality.documents.models import Classification, Document, DocumentState
from neutrality.documents.opening import pdf_bytes
from neutrality.notifications.delivery import deliver_batch
from neutrality.notifications.models import Outbox, OutboxStatus
from tests.access import hostile
from tests.access.world import NOW, SECRETS, World, pages
from tests.complaints.referral.scene import REPORTER

pytestmark = pytest.mark.django_db
# What is random in a page: tokens of forms, signed values.
TOKEN = re.compile("[A-Za-z0-9_-]{40,}")
TABLE = Path(__file__).with_name("pages.csv")
NEAR = ("own", "parent", "neighbour", "foreign", "tied")
ROLES = (
    "visitor",
    "citizen",
    "nobody",
    "intake",
    "handler",
    "commissioner",
    "supervisor",
    "auditor",
    "liaison",
    "hr_discipline",
    "hr_pledges",
    "agency_head",
    "examiner",
    "unit_operator",
    "admin",
)
# Whoever has no role opens these like everybody; a few visitors are enough to see it.
OPEN = (
    "public:",
    "pledges_public:",
    "pledges_figures:",
    "documents:",
    "roster_api",
    "account_",
    "mfa_",
)
SAMPLE = frozenset(
    {("visitor", "own"), ("citizen", "own"), ("citizen", "foreign")}
    | {(role, "own") for role in ("nobody", "handler", "admin")}
)
# What a read may leave behind: its own trace, and the visit itself.
TRACES = frozenset({AccessRow._meta.db_table, "django_session"})
# Opening what is sealed is an act with its own record; a paper is set when it is first opened.
OPENED = frozenset({"audit_auditrow", "vault_opening", "complaints_custody", "documents_document"})
# Whoever audits may have the seals proved, the own calendar has a feed, and what one has seen is
# one's own: no office owns them.
OF_ALL = frozenset(
    {"staff:audit_verify", "staff:calendar_feed", "staff:calendar_feed_end", "staff:seen"}
)
SEALED = frozenset(
    {
        "hr:item_copy",
        "hr:item_paper",
        "hr:package_archive",
        "liaison:item_paper",
        "liaison:package_archive",
        "public:mailbox_document",
        "staff:document",
        "staff:evidence_file",
        "staff:evidence_page",
        "staff:item_paper",
        "staff:package_archive",
    }
)
# Where it is put into words for others, the own office and the one above read the account as told.
AS_TOLD = {
    (page, role, near): (REPORTER, "Qwxyz")
    for page in ("staff:account_wording", "staff:account_wordings")
    for role in ("intake", "handler", "commissioner", "supervisor")
    for near in ("own", "parent")
}
# The account is the reporter's own words, which the office reads as told; the address of a person
# stands in the outbox until it is sent.
OWN_WORDS = {
    "complaints_report": {"account", "search"},
}
# What a form may answer; a mark that no page of ours has signed is nobody's slip of the finger.
FINE = frozenset({200, 302, 303, 404, 409, 413, 422, 429})
ODD = {("staff:seen", 400)}
# Whoever gives a reason there is shown who it is, and that is recorded; an account is read as told.
WORDS, IDENTITY = {REPORTER, "Qwxyz"}, {"3571014101900001", "warga@contoh.id", "+6281200000001"}
TELLING = {
    "staff:account_wording": WORDS,
    "staff:account_wordings": WORDS,
    "staff:identity": WORDS | IDENTITY,
    "staff:information_requester": WORDS | IDENTITY,
}
# It is named by an address that is typed: nobody hits one by chance.
NEVER_HIT = {"staff:outside_task_tie"}
# Nothing in this world is in the state in which these show a form: they are posted to blindly.
FORMLESS = Path(__file__).with_name("formless.txt")
CELLS = sql.SQL("SELECT cell.* FROM {} AS line, jsonb_each_text(to_jsonb(line)) AS cell")
# What the view `pg_stat_xact_user_tables` asks, without what it reckons for every index.
WRITTEN = """
    SELECT relname, number FROM pg_class, LATERAL (
        SELECT pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
            + pg_stat_get_xact_tuples_deleted(oid)
    ) AS written (number)
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND number > 0
"""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Build everything once; the tests of this module only read."""
    demanded, settings.SECOND_FACTOR_REQUIRED = settings.SECOND_FACTOR_REQUIRED, False
    with django_db_blocker.unblock(), time_machine.travel(NOW.now, tick=False):
        outer = transaction.atomic()
        # The doors below ask for a transaction of their own; the stubs leave this name out.
        outer._from_testcase = True
        outer.__enter__()
        try:
            yield World().build()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            settings.SECOND_FACTOR_REQUIRED = demanded


@pytest.fixture(scope="module")
def met():
    """Keep the forms that are met when everybody opens every page."""
    return hostile.Met()


@pytest.fixture(scope="module")
def seen(world, met):
    """Let everybody open every page once; keep what came back, what it wrote, what it said."""
    values = world.values()
    return {
        name: {
            who: opened(browser, who, address, met) for who, browser in guests(world, name).items()
        }
        for name, needed in pages().items()
        for address in [address_of(values, name, needed)]
    }


def opened(browser, who, address, met):
    """Open a page; what a code has opened is kept in the session, and stays as it was."""
    reading = partial(read, browser, address, meet=partial(met.page, who, address))
    if who[0] != "citizen":
        return reading()
    with undone():
        return hostile.kept(browser, reading)


def guests(world, name):
    """Return who opens a page: everybody, or four where no role is asked for."""
    if ":" in name and not name.startswith(OPEN):
        return {who: browser for who, browser in world.browsers.items() if who[0] != "citizen"}
    return {who: browser for who, browser in world.browsers.items() if who in SAMPLE}


def read(browser, address, method="get", meet=None):
    """Open an address; return status, tables written to, and the secrets that it told."""
    before = written()
    answer = getattr(browser, method)(address)
    content, kind = content_of(answer), answer.get("Content-Type", "")
    after = written()
    changed = {table for table, rows in after.items() if rows != before.get(table, 0)}
    if meet is not None and kind.startswith("text/html"):
        meet(content.decode())
    return answer.status_code, frozenset(changed - TRACES), told(content, kind)


def content_of(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def written():
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return dict(cursor.fetchall())


def told(content, kind):
    """Return the secrets in a page or in the text of a PDF."""
    if kind.startswith("application/pdf"):
        sheets = pypdfium2.PdfDocument(content)
        text = "\n".join(sheet.get_textpage().get_text_range() for sheet in sheets)
    else:
        # Five letters of a name stand in one of many thousand tokens by chance.
        text = TOKEN.sub(" ", content.decode(errors="replace"))
    return tuple(secret for secret in SECRETS if secret in text)


def address_of(values, name, needed):
    """Return an address behind which there is something."""
    found: dict[str, str | int] = {}
    for start in sorted(values, key=len):
        if name.startswith(start):
            found |= values[start]
    query = values.get(name, {}).get("?", "")
    address = reverse(name, kwargs={key: found.get(key, "1") for key in needed})
    return f"{address}?{query}" if query else address


def cells(answers):
    """Return one line of the table: the statuses of each role."""
    line = {}
    for role in ROLES:
        codes = [str(answers[role, near][0]) for near in NEAR if (role, near) in answers]
        line[role] = "/".join(codes) if len(set(codes)) > 1 else "".join(codes[:1])
    return line


def reviewed():
    with TABLE.open(newline="") as file:
        return {row.pop("page"): row for row in csv.DictReader(file)}


def test_the_table_names_every_page():
    assert sorted(reviewed()) == sorted(pages())


def test_every_page_opens_for_whom_the_table_says(seen):
    answered = {name: cells(answers) for name, answers in seen.items()}
    assert answered == reviewed()


def test_opening_a_page_writes_nothing_but_the_access_log(seen):
    wrote = {
        (name, *who): left
        for name, answers in seen.items()
        for who, (_status, tables, _told) in answers.items()
        if (left := tables - OPENED if name in SEALED else tables)
    }
    assert wrote == {}


def test_a_button_pressed_from_another_office_finds_nothing(world, seen):
    values, needed = world.values(), pages()
    buttons = [name for name, answers in seen.items() if answers["handler", "own"][0] == 405]
    # Who holds a mailbox has no office, and is shown the door as every visitor is.
    far = {
        (role, place): browser
        for (role, place), browser in world.browsers.items()
        if place in {"neighbour", "foreign"} and role != "citizen"
    }
    answered = {
        (name, *who): answer[:2]
        for name in buttons
        if not name.startswith(OPEN) and name not in OF_ALL
        for who, browser in far.items()
        if (answer := read(browser, address_of(values, name, needed[name]), "post"))
        != (404, set(), ())
    }
    assert answered == {}


@contextmanager
def undone():
    """Let something be written, and take it back: the world stays as it was built."""
    inner = transaction.atomic()
    inner._from_testcase = True
    with inner:
        yield
        transaction.set_rollback(True)


def tried(browser, page, asked):
    """Post everything hostile that fits a form; yield the fields and the answer to each."""
    for fields in hostile.attacks(page, asked.form):
        with undone():
            answer = hostile.send(browser, asked.address, fields)
            yield fields, answer, content_of(answer)
    if hostile.files_of(asked.form):
        for name, data in hostile.FILES:
            with undone():
                answer = hostile.send_files(browser, asked.address, asked.form, name, data)
                yield {}, answer, content_of(answer)


@override_settings(RATE_LIMITS=dict.fromkeys(settings.RATE_LIMITS, (10**6, 60)))
def test_nothing_that_is_posted_breaks_a_form_or_loses_words_or_tells_who_it_was(world, seen, met):
    broken, gone, hit = set(), set(), set()
    telling: dict[object, object] = {}
    for page, forms in met.forms.items():
        for asked in forms.values():
            browser = world.browsers[asked.who]
            for fields, answer, content in tried(browser, page, asked):
                if answer.status_code not in FINE:
                    broken.add((page, answer.status_code))
                elif answer.status_code != 404:
                    hit.add(page)
                if answer.status_code == 422:
                    left = hostile.lost(content.decode(), asked.form, fields)
                    gone |= {(page, name) for name in left}
                if secrets := told(content, answer.get("Content-Type", "")):
                    telling.setdefault(page, set()).update(secrets)
    assert (broken, gone, telling) == (ODD, set(), TELLING)
    assert set(met.forms) - hit == NEVER_HIT


@override_settings(RATE_LIMITS=dict.fromkeys(settings.RATE_LIMITS, (10**6, 60)))
def test_every_page_that_takes_a_post_shows_its_form_somewhere_or_is_known_not_to(world, seen, met):
    values, formless, broken = world.values(), set(), set()
    for name, needed in pages().items():
        address = address_of(values, name, needed)
        visitor = world.browsers["visitor", "own"]
        with undone():
            takes = hostile.send(visitor, address, {}).status_code != 405
        if not takes or name in met.forms:
            continue
        formless.add(name)
        for who, browser in guests(world, name).items():
            if who[1] == "own":
                word = hostile.share(hostile.WORDS, 1, name, *who)[0]
                with undone():
                    answer = hostile.send(browser, address, dict.fromkeys(hostile.USUAL, (word,)))
                if answer.status_code >= 500:
                    broken.add((name, *who))
    assert (broken, sorted(formless)) == (set(), FORMLESS.read_text().split())


def test_who_may_not_open_a_page_cannot_post_to_it_either(world, seen):
    values, needed = world.values(), pages()
    answered = {}
    for name, answers in seen.items():
        openers = {who[0] for who, answer in answers.items() if answer[0] in {200, 409}}
        for who, (status, _wrote, _told) in answers.items():
            near = "own" if who[0] not in openers else who[1]
            if not openers or status not in {403, 404} or near != who[1] or near == "parent":
                continue
            with undone():
                address = address_of(values, name, needed[name])
                answer = read(world.browsers[who], address, "post")
            if answer not in {(status, frozenset(), ()), (405, frozenset(), ())}:
                answered[name, *who] = answer
    assert answered == {}


def test_no_row_below_the_identity_class_names_them_but_what_reporters_wrote(world):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = sorted(name for (name,) in cursor.fetchall())
        naming = {}
        for table in tables:
            cursor.execute(CELLS.format(sql.Identifier(table)))
            found = {name for name, text in cursor.fetchall() if told_in(text)}
            if found:
                naming[table] = found
    assert naming == OWN_WORDS


def test_no_mail_names_them(world):
    with undone():
        waiting = Outbox.objects.filter(status=OutboxStatus.WAITING).count()
        sent = deliver_batch(clock=NOW, limit=500).sent
        texts = [f"{each.subject}\n{each.body}\n{each.to}" for each in mail.outbox]
    assert (waiting > 5, sent > 5) == (True, True)
    assert [text for text in texts if told_in(text.replace("warga@contoh.id", ""))] == []


def test_no_export_names_them(world):
    head = world.browsers["supervisor", "own"]
    for name in LISTS:
        for form in ("csv", "xlsx"):
            asked = {"daftar": name, "sejak": "2025-06-01", "sampai": "2025-06-30"}
            with undone():
                answer = head.post(
                    reverse("staff:export"), {**asked, "bentuk": form, "alasan": "Rapat."}
                )
                content = b"".join(answer.streaming_content)
            assert (name, form, told_in(unpacked(content))) == (name, form, ())


def test_no_paper_below_the_identity_class_names_them_and_no_file_lies_open(world):
    papers = Document.objects.exclude(classification=Classification.IDENTITY)
    with undone():
        for paper in papers.exclude(state=DocumentState.DRAFT):
            pdf = pdf_bytes(document=paper, actor=SYSTEM, clock=NOW)
            assert (paper.role, told(pdf, "application/pdf")) == (paper.role, ())
        stored = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
        lying = [path.name for path in stored if told_in(path.read_bytes().decode("latin-1"))]
    assert (len({paper.role for paper in papers}) > 5, lying) == (True, [])


def test_no_archive_names_them(world):
    package = world.item.packages.get()
    with undone():
        parts = package_parts(package=package, actor=SYSTEM, clock=NOW)
        content = b"".join(archive(parts))
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        for name in bundle.namelist():
            kind = "application/pdf" if name.endswith(".pdf") else "text/plain"
            assert (name, told(bundle.read(name), kind), told_in(name)) == (name, (), ())


def told_in(text):
    """Return the secrets in a text, however they are written in an index."""
    low = (text or "").lower()
    return tuple(secret for secret in SECRETS if secret.lower() in low)


def unpacked(content):
    """Return what stands in a file, in a workbook too."""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode(errors="replace") for name in book.namelist())


def test_no_page_tells_who_reported_or_who_saw_it_but_the_account_itself(seen):
    leaks = {
        (name, *who): secrets
        for name, answers in seen.items()
        for who, (_status, _tables, secrets) in answers.items()
        if secrets
    }
    assert leaks == AS_TOLD
