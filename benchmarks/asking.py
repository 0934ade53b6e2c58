"""What to ask of a site: people with their sessions, drafts ready to be sent, addresses."""

import re
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.casework import CaseworkAsking
from benchmarks.counting import posted
from benchmarks.plan import Measure, Request
from benchmarks.signing import Signing
from complaints.codes import CaseState, ReportState
from complaints.models import AccessCode, Matter, Report
from complaints.services.drafts import save_answers, start_draft
from complaints.views.public.filing_session import SESSION_KEY
from complaints.views.public.mailbox_session import MAILBOX_KEY
from neutrality.accounts.models import User
from neutrality.elections.models import Contest
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office

PAGE: Final = 40
ASKED: Final = 30
# Lurah, Camat, Guru and somebody unknown, in old spellings and with slips.
NAMES: Final = ("Loerah", "Tjamat", "Goeroe", "Lura+contoh", "Soedirman")
# Other forms of words in the accounts; the last is in none.
TEXTS: Final = ("bagikan+bantuan", "pasang+stiker", "dihadiri+kampanye", "memancing")
_NEXT: Final = re.compile(r'rel="next" href="([^"]+)"')
_DECLARED: Final = {"benar": "on"}


class Asking:
    """Reads a seeded database and says what the client shall ask."""

    def __init__(self, clock: Clock) -> None:
        """Find the office with the most reports and its people."""
        self.clock = clock
        busy = (
            Report.objects.values("office").annotate(n=Count("pk")).order_by("-n", "office").first()
        )
        assert busy is not None  # noqa: S101 - the database was seeded
        self.office = Office.objects.select_related("region").get(pk=busy["office"])
        self.officer = User.objects.get(
            grants__office=self.office, grants__role="intake", email__endswith=".example"
        )
        self.national = User.objects.get(
            grants__office__level="RI", grants__role="supervisor", email__endswith=".example"
        )

    def measures(self, *, drafts: int) -> list[Measure]:
        """Return every measure with its requests and its number of queries."""
        queue = reverse("staff:reports")
        officer, national = self._staff(self.officer), self._staff(self.national)
        filtered = f"{queue}?keadaan={ReportState.INITIAL_REVIEW}"
        casework = CaseworkAsking(self.clock, national=self.national)
        return [
            self._submit(drafts),
            self._step(),
            _pages("report_queue", officer, [queue]),
            _pages("report_queue_filtered", officer, [filtered]),
            _pages("report_queue_page_40", national, [_page(national, queue, PAGE)]),
            *self._finding(officer, national),
            _pages("case_file", officer, self._cases()),
            self._tracking(),
            _pages("guide_page", _with_session({}), [reverse("public:guide")]),
            *casework.measures(steps=drafts),
            *Signing(self.clock, people=drafts).measures(),
        ]

    def _finding(self, officer: Client, national: Client) -> list[Measure]:
        """Return what people find their work with: names as they were spelt, words by their stem."""
        cases, reports = reverse("staff:cases"), reverse("staff:reports")
        soon = f"{cases}?keadaan={CaseState.CLARIFICATION}&tenggat=minggu-ini&petugas=belum"
        handler = User.objects.get(
            grants__office=self.office, grants__role="handler", email__endswith=".example"
        )
        names = [f"{reports}?cari={name}" for name in NAMES]
        texts = [f"{reports}?cari={words}" for words in TEXTS]
        return [
            _pages("inbox", self._staff(handler), [reverse("staff:inbox")]),
            _pages("queue_filtered", officer, [soon]),
            _pages("queue_page_40", national, [_page(national, cases, PAGE)]),
            _pages("search_names", officer, names),
            _pages("search_text", officer, texts),
        ]

    def _cases(self) -> list[str]:
        """Return the files of the busiest office that have the longest histories."""
        rows = Matter.objects.filter(office=self.office).order_by("-version", "pk")
        return [
            reverse("staff:case", args=[public_id])
            for public_id in rows.values_list("public_id", flat=True)[:ASKED]
        ]

    def _tracking(self) -> Measure:
        """Return the pages of reporters whose cases have the longest histories."""
        rows = AccessCode.objects.filter(report__isnull=False)
        rows = rows.order_by("-report__matter__version", "pk")
        clients = [
            _with_session({MAILBOX_KEY: pk}) for pk in rows.values_list("pk", flat=True)[:ASKED]
        ]
        path = reverse("public:mailbox")
        asked = [Request(path, _cookies(client)) for client in clients]
        return Measure("tracking_page", _queries(clients[0], path), tuple(asked))

    def _submit(self, drafts: int) -> Measure:
        """Return prepared drafts, each to be sent once; one is sent here to count its queries."""
        contest = Contest.objects.filter(
            region=self.office.region, election__code__startswith="benih-"
        ).first()
        answers = _answers(self.office, contest, self.clock)
        clients = [_with_session({SESSION_KEY: self._draft(answers)}) for _ in range(drafts + 3)]
        path = reverse("public:report_kirim")
        # The first two fill the caches of this process, as the warm-up does those of the server.
        counts = [_sent(client, path) for client in islice(clients, 3)]
        asked = [Request(path, _cookies(client), _DECLARED, 302) for client in clients[3:]]
        return Measure("intake_submit", counts[-1], tuple(asked))

    def _step(self) -> Measure:
        """Return drafts half filled in, in each of which the story is saved once more."""
        answers = _answers(self.office, None, self.clock)
        clients = [_with_session({SESSION_KEY: self._draft(answers)}) for _ in range(ASKED)]
        path, form = reverse("public:report_uraian"), {"uraian": answers["uraian"]["uraian"]}
        counts = [posted(client, path, form) for client in clients[:3]]
        asked = [Request(path, _cookies(client), form, 302) for client in clients]
        return Measure("draft_step", counts[-1], tuple(asked))

    def _draft(self, answers: dict[str, Any]) -> str:
        draft, _code = start_draft(anonymous=False, clock=self.clock)
        save_answers(draft_id=draft.pk, answers={**answers, "code": None}, clock=self.clock)
        return draft.public_id

    def _staff(self, user: User) -> Client:
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        return client


def _answers(office: Office, contest: Contest | None, clock: Clock) -> dict[str, Any]:
    """Return the answers of a complete draft about a post of two days ago."""
    today = clock.today_in(office.tz)
    return {
        "perbuatan": {"kategori": ["FINGER_POSE"]},
        "uraian": {"uraian": "Lurah contoh mengunggah foto dengan pose dua jari. " * 6},
        "waktu": {
            "kejadian": (today - timedelta(days=2)).isoformat(),
            "diketahui": (today - timedelta(days=1)).isoformat(),
            "ketepatan": "DAY",
        },
        "tempat": {
            "kantor": office.pk,
            "cara": "internet",
            "wilayah": office.region.code if office.region else "",
            "tempat": "",
            "platform": "Instagram",
            "akun": "akun.contoh",
            "alamat": "https://contoh.example/unggahan",
        },
        "terlapor": [
            {
                "nama": "Lurah contoh",
                "ciri": "",
                "jenis": "PNS",
                "instansi": "Pemerintah Kota Contoh",
                "unit": "Kelurahan Contoh",
            }
        ],
        "pemilihan": {"berjalan": True, "kontestasi": contest.pk if contest else None},
        "rekan": {"rekan": "tidak"},
        "sebagai": {"sebagai": "VOTER"},
        "identitas": {
            "nama": "Warga contoh",
            "nik": "3571014101900001",
            "alamat": "Jalan Contoh 1",
            "tempat_lahir": "Contoh",
            "tanggal_lahir": "1990-01-01",
            "kelamin": "P",
            "pekerjaan": "Pedagang",
        },
        "kontak": {"telepon": "+6281200000001", "surel": "warga@benih.example"},
        "tandatangan": {"cara": "TYPED", "nama_ketik": "Warga contoh", "coretan": ""},
    }


def _pages(name: str, client: Client, paths: list[str]) -> Measure:
    cookies = _cookies(client)
    asked = tuple(Request(path, cookies) for path in paths)
    return Measure(name, _queries(client, paths[0]), asked)


def _page(client: Client, path: str, number: int) -> str:
    """Follow the cursors to this page, or to the last one there is."""
    here = path
    for _ in range(number - 1):
        found = _NEXT.search(client.get(here).content.decode())
        if found is None:
            break
        there = found[1].replace("&amp;", "&")
        here = f"{path}{there}" if there.startswith("?") else there
    return here


def _with_session(values: dict[str, Any]) -> Client:
    client = Client(SERVER_NAME="localhost")
    session = client.session
    session.update(values)
    session.save()
    return client


def _cookies(client: Client) -> dict[str, str]:
    name = settings.SESSION_COOKIE_NAME
    return {name: client.cookies[name].value}


def _queries(client: Client, path: str) -> int:
    """Count the queries of a page whose process is warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)  # noqa: S101 - else it is no page
    return len(captured)


def _sent(client: Client, path: str) -> int:
    return posted(client, path, _DECLARED)
