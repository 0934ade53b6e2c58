"""Prove the audit: every row, chain, seal and signature."""

import re
from argparse import ArgumentParser
from collections.abc import Sequence

from django.core.management.base import BaseCommand, CommandError

from neutrality.audit.models import Stream
from neutrality.audit.signing import public_keys
from neutrality.audit.verify import Verdict, verify_stream


class Command(BaseCommand):
    """Ends with 0 when all is proved; names the first row or seal that fails, and ends with 1."""

    help = "Prove the audit's rows, chains, seals and signatures; name the first that fails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take keys and seals that were kept outside this machine."""
        parser.add_argument(
            "--public-key", action="append", default=[], help="A public key that counts, in base64."
        )
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            metavar="STREAM:NUMBER:HASH",
            help="A seal that was noted elsewhere and must still be there.",
        )

    def handle(
        self,
        *_args: str,
        public_key: Sequence[str] = (),
        expect: Sequence[str] = (),
        **_options: object,
    ) -> None:
        """Prove both streams."""
        keys = public_keys(*public_key)
        expected = self._expected(expect)
        for stream in Stream:
            self._report(verify_stream(stream=stream, keys=keys, expected=expected[stream]))

    def _report(self, verdict: Verdict) -> None:
        if verdict.failure:
            raise CommandError(str(verdict.failure))
        self.stdout.write(
            f"{verdict.stream}: {verdict.rows} rows proved, {verdict.sealed_rows} of them"
            f" under {verdict.seals} seals; last seal {verdict.last_seal or 'none'}"
        )

    def _expected(self, texts: Sequence[str]) -> dict[Stream, dict[int, str]]:
        expected: dict[Stream, dict[int, str]] = {stream: {} for stream in Stream}
        for text in texts:
            match = re.fullmatch(r"(record|access):(\d+):([0-9a-f]{64})", text)
            if not match:
                raise CommandError(f"--expect takes STREAM:NUMBER:HASH, not {text!r}.")
            expected[Stream(match[1])][int(match[2])] = match[3]
        return expected
