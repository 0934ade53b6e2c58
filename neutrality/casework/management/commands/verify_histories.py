"""Replay every history and compare it with the state and the proofs that the rows have."""

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from neutrality.casework import registry
from neutrality.casework.histories import mismatches


class Command(BaseCommand):
    """`verify_histories` names the first mismatch of every workflow and fails when there is one."""

    help = "Replays the steps of every subject; compares its state, and what it proves, with them."

    def handle(self, **options: Any) -> None:  # noqa: ANN401, ARG002
        """Check all workflows, then say what was found."""
        found = []
        for workflow in registry.workflows():
            first = next(chain(mismatches(workflow), workflow.adapter.strays()), None)
            self.stdout.write(f"{workflow.name}: {'ok' if first is None else first}\n")
            if first is not None:
                found.append(f"{workflow.name}: {first}")
        if found:
            raise CommandError("; ".join(found))
