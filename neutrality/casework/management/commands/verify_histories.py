"""Replay every history and compare it with the state that the row has."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from neutrality.casework import registry
from neutrality.casework.histories import mismatches


class Command(BaseCommand):
    """`verify_histories` names the first mismatch of every workflow and fails when there is one."""

    help = "Replays the steps of every subject and compares them with its state."

    def handle(self, **options: Any) -> None:  # noqa: ANN401, ARG002
        """Check all workflows, then say what was found."""
        found = []
        for workflow in registry.workflows():
            first = next(mismatches(workflow), None)
            self.stdout.write(f"{workflow.name}: {'ok' if first is None else first}\n")
            if first is not None:
                found.append(f"{workflow.name}: {first}")
        if found:
            raise CommandError("; ".join(found))
