"""The application pledges."""

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    """Integrity pledges: who must sign, who has, and the proof."""

    name = "pledges"
    verbose_name = "Pakta integritas"

    def ready(self) -> None:
        """Register the messages and the workflow."""
        from neutrality.casework.registry import register  # noqa: PLC0415  the apps come first
        from neutrality.notifications.kinds import register_kinds  # noqa: PLC0415
        from pledges.workflow.messages import KINDS  # noqa: PLC0415
        from pledges.workflow.obligation import OBLIGATION  # noqa: PLC0415

        register_kinds(*KINDS)
        register(OBLIGATION)
