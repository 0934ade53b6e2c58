"""The table of the referral item (penerusan), with a recorded twin for each act of others."""

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext_lazy as _

from complaints.codes import ReferralState as S, SanctionState
from complaints.workflow import guards
from complaints.workflow.actions import ReferralAction as A
from complaints.workflow.messages import MessageKind as M
from neutrality.accounts.roles import Role
from neutrality.casework.workflow import Transition
from neutrality.law.codes import PeriodCode

LIAISON: Final = frozenset({Role.LIAISON})
HR: Final = frozenset({Role.HR_DISCIPLINE})
ADDRESSEE: Final = LIAISON | HR
BODY_CLOCKS: Final = (PeriodCode.BODY_VERIFICATION, PeriodCode.BODY_ASSESSMENT)
# The body's turn ends, and it is the office's to complete and send again.
HANDED_BACK: Final = (PeriodCode.DISPATCH,)
PPK_CLOCKS: Final = (PeriodCode.PPK_FOLLOW_UP, PeriodCode.EXECUTION)
# Until when an objection or an appeal against a decree is to be decided (PP 79/2021).
CONTESTS: Final = {
    SanctionState.OBJECTED: PeriodCode.OBJECTION_DECISION,
    SanctionState.APPEALED: PeriodCode.APPEAL_DECISION,
}
LEGS: Final = (*BODY_CLOCKS, *HANDED_BACK, *PPK_CLOCKS, *CONTESTS.values())
# Which clock runs in which state; the others have none. A contested decree has that of `CONTESTS`.
LEG_OF: Final = {
    S.SENT: PeriodCode.BODY_VERIFICATION,
    S.ACKNOWLEDGED: PeriodCode.BODY_ASSESSMENT,
    S.RETURNED: PeriodCode.DISPATCH,
    S.RECOMMENDED: PeriodCode.PPK_FOLLOW_UP,
    S.FOLLOW_UP: PeriodCode.PPK_FOLLOW_UP,
    S.NOT_FOLLOWED_UP: PeriodCode.PPK_FOLLOW_UP,
    S.CONTROLLED: PeriodCode.PPK_FOLLOW_UP,
    S.SANCTIONED: PeriodCode.EXECUTION,
}
BODY_LAW: Final = "UU 20/2023; SE MenPANRB 4/2024; SKB 22 Sep 2022"
PPK_LAW: Final = "PP 94/2021; PP 42/2004; Peraturan BKN 1/2023"
ACTIVE: Final = frozenset(
    {
        S.SENT,
        S.ACKNOWLEDGED,
        S.RETURNED,
        S.RECOMMENDED,
        S.FOLLOW_UP,
        S.NOT_FOLLOWED_UP,
        S.CONTROLLED,
    }
)


def recorded(row: Transition, action: A) -> Transition:
    """Return the row by which the handler records the same act from its paper."""
    return replace(
        row,
        action=action,
        actors=frozenset({Role.HANDLER}),
        confirmed_by=row.actors,
        acting_party=True,
        main=False,
    )


ACKNOWLEDGE: Final = Transition(
    action=A.ACKNOWLEDGE,
    sources=frozenset({S.SENT}),
    target=S.ACKNOWLEDGED,
    actors=ADDRESSEE,
    guards=(guards.addressee_acts,),
    stops=(PeriodCode.BODY_VERIFICATION,),
    starts=(PeriodCode.BODY_ASSESSMENT,),
    public_label=_("Diterima instansi tujuan"),
    basis=BODY_LAW,
    main=True,
)
RETURN: Final = Transition(
    action=A.RETURN,
    sources=frozenset({S.SENT}),
    target=S.RETURNED,
    actors=ADDRESSEE,
    guards=(guards.addressee_acts,),
    stops=BODY_CLOCKS,
    starts=HANDED_BACK,
    notifies=(M.ITEM_RETURNED,),
    public_label=_("Dikembalikan instansi tujuan untuk dilengkapi"),
    basis=BODY_LAW,
    needs_reason=True,
)
ASK_FOR_MORE: Final = Transition(
    action=A.ASK_FOR_MORE,
    sources=frozenset({S.ACKNOWLEDGED}),
    target=S.RETURNED,
    actors=ADDRESSEE,
    guards=(guards.addressee_acts,),
    stops=BODY_CLOCKS,
    starts=HANDED_BACK,
    notifies=(M.ITEM_RETURNED,),
    public_label=_("Instansi tujuan meminta tambahan"),
    basis=BODY_LAW,
    needs_reason=True,
)
CANCEL: Final = Transition(
    action=A.CANCEL,
    sources=frozenset({S.RETURNED, S.ACKNOWLEDGED}),
    target=S.CANCELLED,
    actors=frozenset({Role.COMMISSIONER, Role.LIAISON}),
    stops=(*BODY_CLOCKS, *HANDED_BACK),
    notifies=(M.ITEM_DECIDED, M.ITEM_CANCELLED),
    public_label=_("Penerusan dibatalkan"),
    basis=BODY_LAW,
    needs_reason=True,
)
LIFT_CONTROL: Final = Transition(
    action=A.LIFT_CONTROL,
    sources=frozenset({S.CONTROLLED}),
    target=S.FOLLOW_UP,
    actors=LIAISON,
    stops=(PeriodCode.PPK_FOLLOW_UP,),
    starts=(PeriodCode.PPK_FOLLOW_UP,),
    notifies=(M.ITEM_DECIDED, M.ITEM_ANSWERED),
    public_label=_("Pengendalian dicabut"),
    basis=PPK_LAW,
    needs_reason=True,
)
RECOMMEND: Final = Transition(
    action=A.RECOMMEND,
    sources=frozenset({S.ACKNOWLEDGED}),
    target=S.RECOMMENDED,
    actors=LIAISON,
    guards=(guards.a_body_has_it, guards.recommendation_is_named),
    stops=BODY_CLOCKS,
    starts=(PeriodCode.PPK_FOLLOW_UP,),
    notifies=(M.ITEM_RECOMMENDED,),
    public_label=_("Rekomendasi terbit kepada pejabat pembina kepegawaian"),
    basis=BODY_LAW,
    main=True,
)
NOT_PROVEN: Final = Transition(
    action=A.FIND_NOT_PROVEN,
    sources=frozenset({S.ACKNOWLEDGED}),
    target=S.NOT_PROVEN,
    actors=ADDRESSEE,
    guards=(guards.addressee_acts,),
    stops=BODY_CLOCKS,
    notifies=(M.ITEM_DECIDED,),
    public_label=_("Tidak terbukti menurut instansi tujuan"),
    basis=BODY_LAW,
    needs_reason=True,
)
REJECT: Final = Transition(
    action=A.REJECT,
    sources=frozenset({S.ACKNOWLEDGED}),
    target=S.REJECTED,
    actors=ADDRESSEE,
    guards=(guards.addressee_acts,),
    stops=BODY_CLOCKS,
    notifies=(M.ITEM_DECIDED,),
    public_label=_("Ditolak instansi tujuan"),
    basis=BODY_LAW,
    needs_reason=True,
)
START_FOLLOW_UP: Final = Transition(
    action=A.START_FOLLOW_UP,
    sources=frozenset({S.RECOMMENDED, S.ACKNOWLEDGED}),
    target=S.FOLLOW_UP,
    actors=HR,
    guards=(guards.recommended_or_addressed_directly,),
    stops=BODY_CLOCKS,
    starts=(PeriodCode.PPK_FOLLOW_UP,),
    public_label=_("Ditindaklanjuti pejabat pembina kepegawaian"),
    basis=PPK_LAW,
    main=True,
)
SANCTION: Final = Transition(
    action=A.SANCTION,
    sources=frozenset({S.FOLLOW_UP, S.NOT_FOLLOWED_UP, S.CONTROLLED}),
    target=S.SANCTIONED,
    actors=HR,
    guards=(guards.decree_is_named, guards.deviation_is_explained),
    stops=(PeriodCode.PPK_FOLLOW_UP,),
    starts=(PeriodCode.EXECUTION,),
    notifies=(M.ITEM_DECIDED, M.ITEM_DEVIATES),
    public_label=_("Sanksi dijatuhkan"),
    basis=PPK_LAW,
    main=True,
)
ACCEPT_DEVIATION: Final = Transition(
    action=A.ACCEPT_DEVIATION,
    sources=frozenset({S.SANCTIONED}),
    target=None,
    actors=LIAISON,
    guards=(guards.deviation_waits,),
    notifies=(M.ITEM_DECIDED, M.ITEM_ANSWERED),
    basis=PPK_LAW,
    main=True,
    reopens=True,
)
REFUSE_DEVIATION: Final = Transition(
    action=A.REFUSE_DEVIATION,
    sources=frozenset({S.SANCTIONED}),
    target=S.NOT_FOLLOWED_UP,
    actors=LIAISON,
    guards=(guards.deviation_waits,),
    stops=(PeriodCode.EXECUTION,),
    starts=(PeriodCode.PPK_FOLLOW_UP,),
    notifies=(M.ITEM_DECIDED, M.ITEM_ANSWERED),
    public_label=_("Belum ditindaklanjuti sesuai rekomendasi"),
    basis=PPK_LAW,
    needs_reason=True,
    reopens=True,
)
NOT_FOLLOWED_UP: Final = Transition(
    action=A.MARK_NOT_FOLLOWED_UP,
    sources=frozenset({S.RECOMMENDED, S.FOLLOW_UP}),
    target=S.NOT_FOLLOWED_UP,
    actors=LIAISON,
    notifies=(M.ITEM_DECIDED, M.ITEM_ANSWERED),
    public_label=_("Belum ditindaklanjuti pejabat pembina kepegawaian"),
    basis=PPK_LAW,
    needs_reason=True,
    proposed_when_missed=PeriodCode.PPK_FOLLOW_UP,
)
CONTROL: Final = Transition(
    action=A.CONTROL,
    # A warning that changes nothing is followed by a block.
    sources=frozenset({S.NOT_FOLLOWED_UP, S.CONTROLLED}),
    target=S.CONTROLLED,
    actors=LIAISON,
    guards=(guards.control_is_named,),
    stops=(PeriodCode.PPK_FOLLOW_UP,),
    starts=(PeriodCode.PPK_FOLLOW_UP,),
    notifies=(M.ITEM_DECIDED, M.ITEM_ANSWERED),
    public_label=_("Tindakan pengendalian dilakukan"),
    basis=PPK_LAW,
    main=True,
)

REFERRAL_TABLE: Final = (
    Transition(
        action=A.SEND,
        sources=frozenset(),
        target=S.SENT,
        actors=frozenset({Role.HANDLER, Role.COMMISSIONER}),
        starts=(PeriodCode.BODY_VERIFICATION,),
        notifies=(M.ITEM_SENT,),
        public_label=_("Diteruskan ke instansi tujuan"),
        basis="Perbawaslu 7/2022 art. 22; UU 7/2017 art. 455",
        correctable=False,
    ),
    ACKNOWLEDGE,
    recorded(ACKNOWLEDGE, A.RECORD_ACKNOWLEDGE),
    RETURN,
    recorded(RETURN, A.RECORD_RETURN),
    ASK_FOR_MORE,
    recorded(ASK_FOR_MORE, A.RECORD_ASK_FOR_MORE),
    Transition(
        action=A.RESEND,
        sources=frozenset({S.RETURNED}),
        target=S.SENT,
        actors=frozenset({Role.HANDLER}),
        guards=(guards.result_stands,),
        stops=HANDED_BACK,
        starts=(PeriodCode.BODY_VERIFICATION,),
        notifies=(M.ITEM_SENT,),
        public_label=_("Dilengkapi dan dikirim ulang"),
        basis=BODY_LAW,
        main=True,
    ),
    Transition(
        action=A.READDRESS,
        sources=frozenset({S.SENT, S.ACKNOWLEDGED, S.RETURNED}),
        target=None,
        actors=frozenset({Role.HANDLER, Role.SUPERVISOR}),
        guards=(guards.body_has_ended,),
        notifies=(M.ITEM_SENT,),
        public_label=_("Diteruskan kepada instansi yang menggantikan"),
        basis=BODY_LAW,
        needs_reason=True,
    ),
    CANCEL,
    replace(recorded(CANCEL, A.RECORD_CANCEL), confirmed_by=LIAISON),
    RECOMMEND,
    recorded(RECOMMEND, A.RECORD_RECOMMEND),
    NOT_PROVEN,
    recorded(NOT_PROVEN, A.RECORD_NOT_PROVEN),
    REJECT,
    recorded(REJECT, A.RECORD_REJECT),
    START_FOLLOW_UP,
    recorded(START_FOLLOW_UP, A.RECORD_FOLLOW_UP),
    SANCTION,
    recorded(SANCTION, A.RECORD_SANCTION),
    ACCEPT_DEVIATION,
    recorded(ACCEPT_DEVIATION, A.RECORD_ACCEPT_DEVIATION),
    REFUSE_DEVIATION,
    recorded(REFUSE_DEVIATION, A.RECORD_REFUSE_DEVIATION),
    NOT_FOLLOWED_UP,
    recorded(NOT_FOLLOWED_UP, A.RECORD_NOT_FOLLOWED_UP),
    CONTROL,
    recorded(CONTROL, A.RECORD_CONTROL),
    LIFT_CONTROL,
    recorded(LIFT_CONTROL, A.RECORD_LIFT_CONTROL),
    Transition(
        action=A.MARK_INACTIVE,
        sources=ACTIVE | {S.SANCTIONED},
        target=S.SUBJECT_INACTIVE,
        actors=ADDRESSEE,
        recorders=frozenset({Role.HANDLER}),
        guards=(guards.sanction_is_to_be_executed,),
        stops=LEGS,
        notifies=(M.ITEM_DECIDED,),
        public_label=_("Terlapor tidak aktif lagi sebagai pegawai"),
        basis=PPK_LAW,
        needs_reason=True,
        reopens=True,
    ),
    Transition(
        action=A.MARK_ACTIVE_AGAIN,
        sources=frozenset({S.SUBJECT_INACTIVE}),
        target=None,
        actors=ADDRESSEE,
        recorders=frozenset({Role.HANDLER}),
        starts=LEGS,
        notifies=(M.ITEM_DECIDED,),
        public_label=_("Terlapor aktif kembali"),
        basis=PPK_LAW,
        needs_reason=True,
        returns=True,
        reopens=True,
    ),
)
REFERRAL_ENDS: Final = frozenset(
    {S.SANCTIONED, S.NOT_PROVEN, S.REJECTED, S.CANCELLED, S.SUBJECT_INACTIVE}
)
