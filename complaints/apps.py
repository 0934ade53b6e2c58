"""The application complaints."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """From a citizen's report to the executed sanction."""

    name = "complaints"
    verbose_name = "Penanganan pelanggaran"

    def ready(self) -> None:
        """Register the messages, the workflows, the drafts for `rotate_keys`, and who lets go."""
        from complaints.kinds import KINDS  # noqa: PLC0415  the apps must be loaded first
        from complaints.sealed_drafts import Drafts  # noqa: PLC0415
        from complaints.services.release_assignments import release_of_person  # noqa: PLC0415
        from complaints.workflow.all import WORKFLOWS  # noqa: PLC0415
        from neutrality.accounts.leaving import LISTENERS  # noqa: PLC0415
        from neutrality.casework.registry import register  # noqa: PLC0415
        from neutrality.notifications.kinds import register_kinds  # noqa: PLC0415
        from neutrality.vault.texts import KEEPERS  # noqa: PLC0415

        register_kinds(*KINDS)
        register(*WORKFLOWS)
        KEEPERS.append(Drafts())
        LISTENERS.append(release_of_person)
