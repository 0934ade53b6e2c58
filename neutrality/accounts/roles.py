"""The roles a person can hold, and the kind of organisation each is held at."""

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person may be at an organisation. The value is stored; the label is shown."""

    INTAKE = "intake", _("Petugas penerima")
    HANDLER = "handler", _("Staf penanganan pelanggaran")
    COMMISSIONER = "commissioner", _("Pimpinan")
    SUPERVISOR = "supervisor", _("Ketua atau pengawas")
    LIAISON = "liaison", _("Penghubung lembaga penerima")
    HR_PLEDGES = "hr_pledges", _("Petugas kepegawaian (pakta)")
    AGENCY_HEAD = "agency_head", _("Pimpinan instansi")
    HR_DISCIPLINE = "hr_discipline", _("Petugas kepegawaian (disiplin)")
    EXAMINER = "examiner", _("Tim pemeriksa")
    UNIT_OPERATOR = "unit_operator", _("Operator perangkat daerah")
    AUDITOR = "auditor", _("Auditor")
    ADMIN = "admin", _("Administrator sistem")


class OrganisationKind(TextChoices):
    """The kinds of organisation a role can be held at; equal to `OrgRef.kind`."""

    NATIONAL = "national", _("Nasional")
    OFFICE = "office", _("Kantor pengawas")
    AGENCY = "agency", _("Instansi")
    UNIT = "unit", _("Unit kerja")
    BODY = "body", _("Lembaga penerima penerusan")


OFFICE_ROLES: Final = frozenset({Role.INTAKE, Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR})

HELD_AT: Final[Mapping[Role, frozenset[OrganisationKind]]] = {
    Role.INTAKE: frozenset({OrganisationKind.OFFICE}),
    Role.HANDLER: frozenset({OrganisationKind.OFFICE}),
    Role.COMMISSIONER: frozenset({OrganisationKind.OFFICE}),
    Role.SUPERVISOR: frozenset({OrganisationKind.OFFICE}),
    Role.LIAISON: frozenset({OrganisationKind.BODY}),
    Role.HR_PLEDGES: frozenset({OrganisationKind.AGENCY}),
    Role.AGENCY_HEAD: frozenset({OrganisationKind.AGENCY}),
    Role.HR_DISCIPLINE: frozenset({OrganisationKind.AGENCY}),
    Role.EXAMINER: frozenset({OrganisationKind.AGENCY, OrganisationKind.UNIT}),
    Role.UNIT_OPERATOR: frozenset({OrganisationKind.UNIT}),
    Role.AUDITOR: frozenset({OrganisationKind.NATIONAL, OrganisationKind.OFFICE}),
    Role.ADMIN: frozenset({OrganisationKind.NATIONAL}),
}
"""Which kinds of organisation each role can be held at."""


def may_be_held_at(role: Role, kind: OrganisationKind) -> bool:
    """Whether a grant of `role` can name an organisation of this kind."""
    return kind in HELD_AT[role]
