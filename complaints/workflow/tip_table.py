"""The table of preliminary information (informasi awal)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from complaints.codes import TipState as S
from complaints.workflow import guards
from complaints.workflow.actions import TipAction as A
from complaints.workflow.messages import MessageKind as M
from neutrality.accounts.roles import Role
from neutrality.audit.actor import ActorKind
from neutrality.casework.workflow import Transition
from neutrality.law.codes import FormRole, PeriodCode

OFFICE_CLOCKS: Final = (PeriodCode.SERVICE, PeriodCode.TRACING)
TIP_CLOCKS: Final = (*OFFICE_CLOCKS, PeriodCode.FINDING_WINDOW)

TIP_TABLE: Final = (
    Transition(
        action=A.RECORD,
        sources=frozenset(),
        target=S.RECORDED,
        actors=frozenset(
            {ActorKind.CITIZEN, ActorKind.SYSTEM, Role.INTAKE, Role.HANDLER, Role.COMMISSIONER}
        ),
        starts=(PeriodCode.SERVICE,),
        form=FormRole.TIP_RECEIPT,
        notifies=(M.CONTACT_CODE,),
        public_label=_("Informasi awal dicatat"),
        basis="Perbawaslu 7/2022 art. 14(2), 15; UU 7/2017 art. 454",
        correctable=False,
    ),
    Transition(
        action=A.TRACE,
        sources=frozenset({S.RECORDED}),
        target=S.TRACING,
        actors=frozenset({Role.HANDLER, Role.SUPERVISOR}),
        stops=(PeriodCode.SERVICE,),
        starts=(PeriodCode.TRACING,),
        form=FormRole.ASSIGNMENT_LETTER,
        public_label=_("Penelusuran dimulai"),
        basis="Perbawaslu 7/2022; praktik penelusuran 7 hari",
        main=True,
    ),
    Transition(
        action=A.SET_FINDING,
        sources=frozenset({S.TRACING}),
        target=S.FINDING,
        actors=frozenset({Role.COMMISSIONER}),
        guards=(
            guards.tracing_has_a_result,
            guards.there_is_an_allegation,
            guards.contest_is_known,
            guards.case_is_not_over,
            guards.office_has_code,
            guards.decided_by_plenary,
        ),
        stops=TIP_CLOCKS,
        form=FormRole.FINDING,
        public_label=_("Ditetapkan sebagai temuan dan ditangani"),
        basis="UU 7/2017 art. 454(5); Perbawaslu 7/2022",
        main=True,
        correctable=False,
    ),
    Transition(
        action=A.REFER,
        sources=frozenset({S.TRACING}),
        target=S.REFERRED,
        actors=frozenset({Role.COMMISSIONER}),
        guards=(
            guards.there_is_an_allegation,
            guards.allegations_are_qualified,
            guards.assessment_is_approved,
            guards.decided_by_plenary,
        ),
        stops=TIP_CLOCKS,
        public_label=_("Diteruskan ke instansi yang berwenang"),
        basis="Perbawaslu 7/2022 art. 22",
        correctable=False,
    ),
    Transition(
        action=A.IDENTIFY,
        sources=frozenset({S.RECORDED, S.TRACING}),
        target=S.REPORT,
        actors=frozenset({ActorKind.CITIZEN, Role.INTAKE}),
        stops=TIP_CLOCKS,
        public_label=_("Informasi awal menjadi laporan"),
        basis="Perbawaslu 7/2022 art. 8, 15",
        correctable=False,
    ),
    Transition(
        action=A.TRANSFER,
        sources=frozenset({S.RECORDED, S.TRACING}),
        target=S.TRANSFERRED,
        actors=frozenset({Role.HANDLER, Role.SUPERVISOR, Role.COMMISSIONER}),
        guards=(guards.another_office_is_named, guards.not_yet_a_case),
        stops=OFFICE_CLOCKS,  # what was found stays found: that window goes along
        starts=(PeriodCode.SERVICE,),
        form=FormRole.TRANSFER_LETTER,
        public_label=_("Dilimpahkan ke kantor yang berwenang"),
        basis="Perbawaslu 7/2022 art. 20",
        needs_reason=True,
        correctable=False,
    ),
    Transition(
        action=A.ACCEPT_TRANSFER,
        sources=frozenset({S.TRANSFERRED}),
        target=S.RECORDED,
        actors=frozenset({Role.INTAKE, Role.HANDLER}),
        public_label=_("Pelimpahan diterima"),
        basis="Perbawaslu 7/2022 art. 20",
        main=True,
    ),
    Transition(
        action=A.CLOSE,
        sources=frozenset({S.RECORDED, S.TRACING}),
        target=S.CLOSED,
        actors=frozenset({Role.HANDLER, Role.COMMISSIONER}),
        stops=TIP_CLOCKS,
        form=FormRole.STATUS_NOTICE,
        notifies=(M.TIP_CLOSED,),
        public_label=_("Penelusuran selesai; tidak cukup bukti untuk ditindaklanjuti"),
        basis="Perbawaslu 7/2022",
        needs_reason=True,
        proposed_when_missed=PeriodCode.TRACING,
    ),
)
TIP_ENDS: Final = frozenset({S.FINDING, S.REPORT, S.REFERRED, S.CLOSED})
