"""What runs at which times: the one list of periodic tasks."""

from datetime import timedelta
from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {
    "deliver messages whose nudge was lost": {
        "task": "neutrality.notifications.tasks.deliver_outbox",
        "schedule": timedelta(seconds=30),
    },
    "seal the new rows of the audit": {
        "task": "neutrality.audit.tasks.seal_new_rows",
        "schedule": timedelta(minutes=5),
    },
    "examine evidence that still waits": {
        "task": "complaints.tasks.process_pending_evidence",
        "schedule": timedelta(minutes=1),
    },
    "end unsent reports whose time is over": {
        "task": "complaints.tasks.expire_drafts",
        "schedule": timedelta(minutes=15),
    },
    "make redacted copies that still wait": {
        "task": "complaints.tasks.make_waiting_redactions",
        "schedule": timedelta(minutes=1),
    },
    "erase files that never arrived": {
        "task": "complaints.tasks.forget_uploads",
        "schedule": timedelta(minutes=15),
    },
    "alarm offices of clocks that end before they open again": {
        "task": "complaints.tasks.alarm_clocks",
        "schedule": timedelta(minutes=15),
    },
    "tell the heads of clocks that nobody has taken": {
        "task": "complaints.tasks.escalate_alarms",
        "schedule": timedelta(minutes=5),
    },
    "look at the saved views of which somebody wants to hear": {
        "task": "complaints.tasks.alert_views",
        "schedule": timedelta(minutes=5),
    },
    "let reminders leave that nobody has held back": {
        "task": "complaints.tasks.send_reminders",
        "schedule": timedelta(minutes=1),
    },
    "chase what lies overdue with bodies and agencies": {
        "task": "complaints.tasks.chase_items",
        "schedule": timedelta(hours=1),
    },
    "take files from officers who cannot work on them any more": {
        "task": "complaints.tasks.release_assignments",
        "schedule": timedelta(hours=1),
    },
    "fold the changes of public counts": {
        "task": "complaints.tasks.fold_tallies",
        "schedule": timedelta(minutes=5),
    },
    "count the figures of the dashboard": {
        "task": "complaints.tasks.count_figures",
        "schedule": timedelta(minutes=10),
    },
    "tell the administrators what went wrong by itself": {
        "task": "complaints.tasks.raise_alarms",
        "schedule": timedelta(minutes=10),
    },
    "publish the open data of the month": {
        "task": "complaints.tasks.release_data",
        "schedule": timedelta(hours=6),
    },
    "fold the changes of coverage": {
        "task": "pledges.tasks.fold_coverage",
        "schedule": timedelta(seconds=30),
    },
    "let pledges follow positions that begin or end today": {
        "task": "pledges.roster_tasks.follow_rosters",
        "schedule": timedelta(hours=6),
    },
    "let rosters go on whose worker was killed": {
        "task": "pledges.roster_tasks.resume_rosters",
        "schedule": timedelta(minutes=5),
    },
    "let the background work of rounds go on whose worker was killed": {
        "task": "pledges.tasks.resume_rounds",
        "schedule": timedelta(minutes=10),
    },
    "plan reminders of pledges": {
        "task": "pledges.tasks.plan_reminders",
        "schedule": timedelta(hours=1),
    },
    "send reminders of pledges that are due": {
        "task": "pledges.tasks.send_due_reminders",
        "schedule": timedelta(minutes=5),
    },
    "delete certificates that nobody fetched": {
        "task": "pledges.tasks.delete_archives",
        "schedule": timedelta(days=1),
    },
}
