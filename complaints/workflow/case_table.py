"""The table of the case (penanganan)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from complaints.codes import CaseState as S
from complaints.workflow import guards
from complaints.workflow.actions import CaseAction as A
from complaints.workflow.messages import MessageKind as M
from neutrality.accounts.roles import Role
from neutrality.casework.workflow import Transition
from neutrality.law.codes import FormRole, PeriodCode

HANDLING_LAW: Final = "UU 7/2017 art. 454(7)(8); UU 10/2016 art. 134(5)(6)"

CASE_TABLE: Final = (
    Transition(
        action=A.REGISTER,
        sources=frozenset({S.INTAKE}),
        target=S.REGISTERED,
        actors=frozenset({Role.COMMISSIONER}),
        starts=(PeriodCode.HANDLING,),
        public_label=_("Penanganan dimulai"),
        basis=HANDLING_LAW,
        main=True,
        correctable=False,
    ),
    Transition(
        action=A.CLARIFY,
        sources=frozenset({S.REGISTERED, S.ASSESSMENT}),
        target=S.CLARIFICATION,
        actors=frozenset({Role.HANDLER}),
        public_label=_("Klarifikasi para pihak"),
        basis="Perbawaslu 7/2022 art. 27-30",
        main=True,
    ),
    Transition(
        action=A.ASSESS,
        sources=frozenset({S.CLARIFICATION}),
        target=S.ASSESSMENT,
        actors=frozenset({Role.HANDLER}),
        guards=(guards.respondents_were_heard,),
        public_label=_("Kajian dugaan pelanggaran"),
        basis="Perbawaslu 7/2022",
        main=True,
    ),
    Transition(
        action=A.BRING_TO_PLENARY,
        sources=frozenset({S.ASSESSMENT}),
        target=S.PLENARY,
        actors=frozenset({Role.HANDLER}),
        guards=(
            guards.there_is_an_allegation,
            guards.allegations_are_qualified,
            guards.assessment_is_approved,
        ),
        form=FormRole.ASSESSMENT,
        public_label=_("Menunggu keputusan pleno"),
        basis="Perbawaslu 5/2018; Perbawaslu 7/2022",
        main=True,
    ),
    Transition(
        action=A.SEND_BACK,
        sources=frozenset({S.PLENARY}),
        target=S.ASSESSMENT,
        actors=frozenset({Role.COMMISSIONER}),
        public_label=_("Dikembalikan ke kajian"),
        basis="Perbawaslu 5/2018",
        needs_reason=True,
    ),
    Transition(
        action=A.EXTEND,
        sources=frozenset({S.REGISTERED, S.CLARIFICATION, S.ASSESSMENT, S.PLENARY}),
        target=None,
        actors=frozenset({Role.COMMISSIONER}),
        guards=(guards.not_extended_before, guards.decided_by_plenary),
        stops=(PeriodCode.HANDLING,),
        starts=(PeriodCode.HANDLING_EXTENDED,),
        public_label=_("Waktu penanganan diperpanjang"),
        basis=HANDLING_LAW,
        needs_reason=True,
        proposed_when_missed=PeriodCode.HANDLING,
        correctable=False,
    ),
    Transition(
        action=A.TAKE_OVER,
        sources=frozenset({S.INTAKE, S.REGISTERED, S.CLARIFICATION, S.ASSESSMENT, S.PLENARY}),
        target=None,
        actors=frozenset({Role.COMMISSIONER}),
        guards=(guards.taken_by_an_office_above, guards.decided_by_plenary),
        form=FormRole.TAKEOVER,
        public_label=_("Penanganan diambil alih oleh kantor di atasnya"),
        basis="Perbawaslu 7/2022 art. 20",
        needs_reason=True,
        correctable=False,
    ),
    Transition(
        action=A.DECIDE,
        sources=frozenset({S.PLENARY}),
        target=S.DECIDED,
        actors=frozenset({Role.COMMISSIONER}),
        guards=(
            guards.assessment_is_approved,
            guards.every_allegation_has_a_result,
            guards.decided_by_plenary,
        ),
        stops=(PeriodCode.HANDLING, PeriodCode.HANDLING_EXTENDED),
        form=FormRole.STATUS_NOTICE,
        notifies=(M.CASE_DECIDED,),
        public_label=_("Hasil ditetapkan"),
        basis="Perbawaslu 7/2022; Perbawaslu 5/2018",
        main=True,
        correctable=False,
    ),
    Transition(
        action=A.CLOSE,
        sources=frozenset({S.DECIDED}),
        target=S.CLOSED,
        actors=frozenset({Role.HANDLER, Role.COMMISSIONER}),
        guards=(guards.everything_proven_was_referred,),
        public_label=_("Penanganan oleh pengawas pemilu selesai"),
        basis="Perbawaslu 7/2022",
        main=True,
    ),
    Transition(
        action=A.CLOSE_INTAKE,
        sources=frozenset({S.INTAKE}),
        target=S.CLOSED,
        actors=frozenset({Role.HANDLER, Role.INTAKE, Role.COMMISSIONER}),
        guards=(guards.all_entries_ended,),
        basis="Perbawaslu 7/2022",
    ),
    Transition(
        action=A.REOPEN,
        sources=frozenset({S.DECIDED, S.CLOSED}),
        target=S.ASSESSMENT,
        actors=frozenset({Role.COMMISSIONER}),
        guards=(guards.was_registered, guards.decided_by_plenary),
        starts=(PeriodCode.HANDLING,),
        public_label=_("Penanganan dibuka kembali"),
        basis="Perbawaslu 7/2022",
        needs_reason=True,
        reopens=True,
        correctable=False,
    ),
)
