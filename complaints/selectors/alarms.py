"""What goes wrong without anybody pressing anything: silence, queues, law rows that end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from celery import current_app
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _, ngettext
from kombu.exceptions import OperationalError

from complaints.codes import EvidenceState, RedactionState
from complaints.models import Evidence, Redaction, Report, Tip
from neutrality.elections.models import Election
from neutrality.law.clock import Clock
from neutrality.law.models import CalendarDay, Period
from neutrality.notifications.models import Outbox, OutboxStatus
from neutrality.ui.dates import say_short_instant

CAPITAL: Final = ZoneInfo("Asia/Jakarta")
LAG: Final = timedelta(minutes=15)
# The schedule alone puts some ten tasks a minute on the queue: that many wait after twenty.
LONG_QUEUE: Final = 200
# Long films take minutes, and one worker examines one file at a time.
FILE_LAG: Final = timedelta(minutes=30)
SILENCE: Final = timedelta(hours=12)
VOTING_WEEK: Final = timedelta(days=7)
LAW_ENDS: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that somebody must look at: a code that stays the same, and a sentence."""

    code: str
    words: str


def alarms(*, clock: Clock) -> tuple[Alarm, ...]:
    """Return what is wrong now; eight short queries, none proportional to a table, and one of Redis."""
    return tuple(alarm for look in _LOOKS for alarm in look(clock))


def _waiting(clock: Clock) -> Iterator[Alarm]:
    """Messages that should have gone out some time ago: the worker or the scheduler is away."""
    late = Outbox.objects.filter(
        status__in=[OutboxStatus.WAITING, OutboxStatus.SENDING],
        next_attempt_at__lt=clock.now - LAG,
    ).order_by("next_attempt_at")
    oldest = late.values_list("next_attempt_at", flat=True).first()
    if oldest:
        yield Alarm(
            "outbox",
            _("Pesan keluar menunggu sejak %(at)s; periksa pekerja latar.")
            % {"at": say_short_instant(oldest, CAPITAL)},
        )


def _given_up(clock: Clock) -> Iterator[Alarm]:
    """Messages that could not be delivered in the last day."""
    rows = Outbox.objects.filter(
        status=OutboxStatus.GAVE_UP, gave_up_at__gte=clock.now - timedelta(days=1)
    )
    failed = rows.order_by("-gave_up_at")[:1000].count()
    if failed:
        words = ngettext(
            "%(count)d pesan gagal dikirim dalam sehari terakhir.",
            "%(count)d pesan gagal dikirim dalam sehari terakhir.",
            failed,
        )
        yield Alarm("given_up", words % {"count": failed})


def _queue(_clock: Clock) -> Iterator[Alarm]:
    """Tasks that nobody takes from Redis, or a Redis that does not answer."""
    try:
        waiting = _waiting_tasks()
    except OperationalError:
        yield Alarm(
            "queue_away", _("Antrean tugas (Redis) tidak menjawab; pekerja latar berhenti.")
        )
        return
    if waiting >= LONG_QUEUE:
        yield Alarm(
            "queue",
            _("%(count)d tugas menunggu di antrean; periksa pekerja latar.") % {"count": waiting},
        )


def _waiting_tasks() -> int:
    """Return how many tasks wait on the queue; raises `OperationalError` where none answers."""
    name = current_app.conf.task_default_queue
    with current_app.connection_for_read() as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0)
        channel: Any = connection.default_channel
        queue = channel.queue_declare(queue=name, durable=True)
        return int(queue.message_count)


def _files(clock: Clock) -> Iterator[Alarm]:
    """Evidence that nobody has examined for long, and copies that nobody has made."""
    since = clock.now - FILE_LAG
    files = Evidence.objects.filter(state=EvidenceState.PENDING).exclude(stored_as="")
    copies = Redaction.objects.filter(state=RedactionState.WAITING, made__isnull=True, refusal="")
    oldest = min(
        filter(
            None,
            (
                files.order_by("pk").values_list("handed_in_at", flat=True).first(),
                copies.order_by("pk").values_list("asked_at", flat=True).first(),
            ),
        ),
        default=None,
    )
    if oldest and oldest < since:
        yield Alarm(
            "files",
            _("Berkas bukti menunggu diperiksa sejak %(at)s; periksa pekerja latar dan pemindai.")
            % {"at": say_short_instant(oldest, CAPITAL)},
        )


def _silence(clock: Clock) -> Iterator[Alarm]:
    """No report from the whole country in the week of a vote: more likely a fault than peace."""
    today = clock.today_in(CAPITAL)
    if not Election.objects.filter(
        polling_on__gte=today, polling_on__lte=today + VOTING_WEEK
    ).exists():
        return
    since = clock.now - SILENCE
    if any(table.objects.filter(submitted_at__gte=since).exists() for table in (Report, Tip)):
        return
    yield Alarm(
        "silence",
        _("Tidak ada laporan dari seluruh Indonesia dalam %(hours)d jam, padahal pekan pemungutan.")
        % {"hours": int(SILENCE.total_seconds() // 3600)},
    )


def _law_ends(clock: Clock) -> Iterator[Alarm]:
    """Periods that end soon with none after them: clocks could not be started any more."""
    today = clock.today_in(CAPITAL)
    after = Period.objects.filter(
        regime=OuterRef("regime"), code=OuterRef("code"), valid_from__gte=OuterRef("valid_until")
    )
    ending = Period.objects.filter(valid_until__gt=today, valid_until__lte=today + LAW_ENDS)
    codes = sorted(
        {row.get_code_display() for row in ending.filter(~Exists(after)).order_by("code")}
    )
    if codes:
        yield Alarm(
            "law_ends",
            _("Aturan tenggat segera berakhir tanpa pengganti: %(periods)s.")
            % {"periods": ", ".join(codes)},
        )


def _calendar_ends(clock: Clock) -> Iterator[Alarm]:
    """A year that begins soon and has no holidays yet: working days would be counted wrongly."""
    soon = clock.today_in(CAPITAL) + LAW_ENDS
    if not CalendarDay.objects.filter(day__year=soon.year).exists():
        yield Alarm(
            "calendar_ends",
            _("Hari libur tahun %(year)d belum dimasukkan; hitungan hari kerja akan keliru.")
            % {"year": soon.year},
        )


_LOOKS: Final[tuple[Callable[[Clock], Iterator[Alarm]], ...]] = (
    _waiting,
    _given_up,
    _queue,
    _files,
    _silence,
    _law_ends,
    _calendar_ends,
)
