"""Unsent reports: started, saved answer by answer under a key of their own, found by their code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, QuerySet

from complaints.codes import DraftState
from complaints.models import Draft
from complaints.models.base import new_public_id
from complaints.services.codes import SecretCode, digest_of, new_code
from neutrality.law.books import calendar_for, rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import PeriodCode, Regime
from neutrality.law.periods import due
from neutrality.ui.prepared import Prepared
from neutrality.vault.keys import master_keys
from neutrality.vault.sealing import new_data_key, seal, unseal, unwrap, wrap

Json = Any
# Nobody knows yet which office it will be; its last day is counted in the capital's zone.
_ZONE: Final = ZoneInfo("Asia/Jakarta")
_LENGTH_BYTES: Final = 2


class DraftGone(LookupError):
    """There is no such draft, or it was sent or has expired."""


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """An open draft with its answers in clear, step by step."""

    pk: int
    public_id: str
    anonymous: bool
    started_at: datetime
    expires_at: datetime
    version: int
    code_digest: bytes
    answers: Mapping[str, Json] = field(repr=False)

    def step(self, name: str) -> dict[str, Json]:
        """Return the answers of a step; empty when it was not answered."""
        return dict(self.answers.get(name) or {})

    def items(self, name: str) -> list[dict[str, Json]]:
        """Return the answers of a step that is a list."""
        return list(self.answers.get(name) or [])


@transaction.atomic(durable=True)
def start_draft(*, anonymous: bool, clock: Clock) -> tuple[OpenDraft, SecretCode]:
    """Create an empty draft and the code by which it is resumed and, once sent, followed.

    Until its owner has typed the last group, the code waits among the sealed answers, so that the
    page can show it again.
    """
    code = new_code()
    draft = Draft(
        public_id=new_public_id(),
        code_digest=code.digest(),
        anonymous=anonymous,
        started_at=clock.now,
        changed_at=clock.now,
        expires_at=_expiry(clock),
    )
    _seal(draft, {"code": code.text})
    draft.save(force_insert=True)
    return _opened(draft), code


def nameless_draft(*, digest: bytes, clock: Clock) -> int:
    """Return the key of an open draft that no code opens; in the caller's transaction.

    It is made where there is none under this digest, and opened again where its time was over.
    """
    row = Draft(
        public_id=new_public_id(),
        code_digest=digest,
        anonymous=True,
        started_at=clock.now,
        changed_at=clock.now,
        expires_at=_expiry(clock),
    )
    _seal(row, {})
    Draft.objects.bulk_create([row], ignore_conflicts=True)
    held = Draft.objects.select_for_update(of=("self",)).get(code_digest=digest)
    if held.state != DraftState.OPEN or held.expires_at <= clock.now:
        _seal(held, {})
        Draft.objects.filter(pk=held.pk).update(
            state=DraftState.OPEN,
            ended_at=None,
            answers=held.answers,
            key_id=held.key_id,
            changed_at=clock.now,
            expires_at=row.expires_at,
        )
    return held.pk


def find_draft(*, code: SecretCode, clock: Clock) -> OpenDraft | None:
    """Return the open draft of this code, or None."""
    row = _open_drafts(clock.now).filter(code_digest=digest_of(code.text)).first()
    return None if row is None else _opened(row)


def open_draft(*, public_id: str, clock: Clock) -> OpenDraft:
    """Return the open draft with its answers; raises `DraftGone`."""
    rows = _BY_PUBLIC_ID(public_id=public_id, now=clock.now)
    if not rows:
        raise DraftGone(public_id)
    return _opened(rows[0])


@transaction.atomic(durable=True)
def save_answers(*, draft_id: int, answers: Mapping[str, Json], clock: Clock) -> None:
    """Lay these steps over what was saved; a step of None is forgotten.

    Raises:
        DraftGone: The draft was sent or has expired.
    """
    row = _open_drafts(clock.now).select_for_update(of=("self",)).filter(pk=draft_id).first()
    if row is None:
        raise DraftGone(draft_id)
    merged = {**_unseal(row), **answers}
    _seal(row, {name: value for name, value in merged.items() if value is not None})
    Draft.objects.filter(pk=row.pk).update(
        answers=row.answers, key_id=row.key_id, changed_at=clock.now, version=F("version") + 1
    )


def reseal(row: Draft) -> None:
    """Seal the answers of a row anew, under the current master key; the caller writes it."""
    _seal(row, _unseal(row))


def day_of(answers: Mapping[str, Json], name: str) -> date | None:
    """Read a date back from answers."""
    return date.fromisoformat(answers[name]) if answers.get(name) else None


def time_of(answers: Mapping[str, Json], name: str) -> time | None:
    """Read a time back from answers."""
    return time.fromisoformat(answers[name]) if answers.get(name) else None


def _open_drafts(now: datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(state=DraftState.OPEN, expires_at__gt=now)


def _by_public_id(public_id: str, now: datetime) -> QuerySet[Draft]:
    return _open_drafts(now).filter(public_id=public_id)


_BY_PUBLIC_ID: Final = Prepared(_by_public_id)


def _expiry(clock: Clock) -> datetime:
    rule = rulebook_at(regime=Regime.PILKADA, day=clock.today_in(_ZONE)).period(
        PeriodCode.DRAFT_LIFE
    )
    return due(rule, clock.now, calendar_for(area_codes=(), tz=_ZONE)).due_at


def _opened(row: Draft) -> OpenDraft:
    return OpenDraft(
        pk=row.pk,
        public_id=row.public_id,
        anonymous=row.anonymous,
        started_at=row.started_at,
        expires_at=row.expires_at,
        version=row.version,
        code_digest=bytes(row.code_digest),
        answers=_unseal(row),
    )


def _seal(row: Draft, answers: Mapping[str, Json]) -> None:
    """Seal the answers under a fresh data key: its wrapped form stands before them."""
    bound, key = _bound(row), new_data_key()
    row.key_id, wrapped = wrap(keys=master_keys(), data_key=key, bound=bound)
    plain = json.dumps(answers, ensure_ascii=False).encode()
    body = seal(key=key, plain=plain, bound=bound)
    row.answers = len(wrapped).to_bytes(_LENGTH_BYTES, "big") + wrapped + body


def _unseal(row: Draft) -> dict[str, Json]:
    bound, raw = _bound(row), bytes(row.answers)
    end = _LENGTH_BYTES + int.from_bytes(raw[:_LENGTH_BYTES], "big")
    wrapped, body = raw[_LENGTH_BYTES:end], raw[end:]
    key = unwrap(keys=master_keys(), key_id=row.key_id, wrapped=wrapped, bound=bound)
    answers: dict[str, Json] = json.loads(unseal(key=key, sealed=body, bound=bound))
    return answers


def _bound(row: Draft) -> bytes:
    return b"draft\0" + row.public_id.encode()
