"""The table of the obligation (pakta): who must sign, and what became of it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from neutrality.accounts.roles import Role
from neutrality.audit.actor import ActorKind
from neutrality.casework.workflow import Transition
from neutrality.law.codes import FormRole
from pledges.codes import ObligationState as S
from pledges.workflow import guards
from pledges.workflow.actions import ObligationAction as A
from pledges.workflow.messages import MessageKind as M

HR: Final = frozenset({Role.HR_PLEDGES})
OPERATORS: Final = frozenset({Role.HR_PLEDGES, Role.UNIT_OPERATOR})
SIGNER: Final = frozenset({str(ActorKind.CITIZEN)})
JOINT_DECREE: Final = "SKB Netralitas 22 Sep 2022"
DISCIPLINE: Final = "SKB Netralitas 22 Sep 2022; PP 94/2021"
OPEN: Final = frozenset({S.DUE, S.INVITED, S.REFUSED, S.LAPSED})
SIGNED: Final = frozenset({S.SIGNED, S.VERIFIED})

OBLIGATION_TABLE: Final = (
    Transition(
        action=A.INVITE,
        sources=frozenset({S.DUE}),
        target=S.INVITED,
        actors=OPERATORS | {str(ActorKind.SYSTEM)},
        guards=(guards.round_is_open, guards.has_contact),
        basis=JOINT_DECREE,
        main=True,
        correctable=False,
    ),
    Transition(
        action=A.SIGN,
        sources=OPEN,
        target=S.SIGNED,
        actors=SIGNER,
        guards=(
            guards.round_has_begun,
            guards.text_is_the_round_s,
            guards.hand_is_the_person_s,
            guards.this_text_is_unsigned,
        ),
        form=FormRole.CERTIFICATE,
        notifies=(M.PLEDGE_SIGNED,),
        public_label=_("Anda sudah menandatangani"),
        basis=JOINT_DECREE,
        main=True,
        correctable=False,
    ),
    Transition(
        action=A.SIGN_ATTENDED,
        sources=OPEN,
        target=S.SIGNED,
        actors=OPERATORS,
        guards=(
            guards.round_has_begun,
            guards.text_is_the_round_s,
            guards.card_was_seen,
            guards.hand_is_the_person_s,
            guards.this_text_is_unsigned,
        ),
        form=FormRole.CERTIFICATE,
        notifies=(M.PLEDGE_SIGNED,),
        public_label=_("Anda menandatangani di hadapan petugas"),
        basis=JOINT_DECREE,
        acting_party=True,
        correctable=False,
    ),
    Transition(
        action=A.RECORD_PAPER,
        sources=OPEN,
        target=S.SIGNED,
        actors=OPERATORS,
        guards=(
            guards.round_has_begun,
            guards.text_is_the_round_s,
            guards.sheet_is_named,
            guards.this_text_is_unsigned,
        ),
        form=FormRole.CERTIFICATE,
        notifies=(M.PLEDGE_SIGNED,),
        public_label=_("Tanda tangan Anda di kertas sudah dicatat"),
        basis=JOINT_DECREE,
        acting_party=True,
        correctable=False,
    ),
    Transition(
        action=A.VERIFY,
        sources=frozenset({S.SIGNED}),
        target=S.VERIFIED,
        actors=OPERATORS,
        guards=(guards.signature_is_to_verify,),
        public_label=_("Tanda tangan Anda sudah diverifikasi"),
        basis=JOINT_DECREE,
        main=True,
    ),
    Transition(
        action=A.ANNUL,
        sources=SIGNED,
        target=S.DUE,
        actors=OPERATORS,
        guards=(guards.operator_annuls_only_what_waits,),
        notifies=(M.PLEDGE_ANNULLED,),
        public_label=_("Tanda tangan Anda dibatalkan"),
        basis=JOINT_DECREE,
        needs_reason=True,
        correctable=False,
    ),
    Transition(
        action=A.ASK_AGAIN,
        sources=SIGNED,
        target=S.DUE,
        actors=HR | {str(ActorKind.SYSTEM)},
        guards=(guards.signed_another_text,),
        notifies=(M.PLEDGE_TEXT_CHANGED,),
        public_label=_("Naskah berubah; tanda tangan baru diminta"),
        basis=JOINT_DECREE,
        correctable=False,
    ),
    Transition(
        action=A.COUNT_AGAIN,
        sources=OPEN,
        target=S.SIGNED,
        actors=frozenset({str(ActorKind.SYSTEM)}),
        guards=(guards.this_text_is_signed,),
        notifies=(M.PLEDGE_SIGNED,),
        public_label=_("Naskah yang Anda tandatangani dipakai kembali; tanda tangan Anda berlaku"),
        basis=JOINT_DECREE,
        correctable=False,
    ),
    Transition(
        action=A.REFUSE,
        sources=frozenset({S.DUE, S.INVITED}),
        target=S.REFUSED,
        actors=SIGNER,
        guards=(guards.round_is_open,),
        public_label=_("Anda menolak menandatangani"),
        basis=DISCIPLINE,
        needs_reason=True,
        correctable=False,
    ),
    Transition(
        action=A.RECORD_REFUSAL,
        sources=frozenset({S.DUE, S.INVITED}),
        target=S.REFUSED,
        actors=HR,
        guards=(guards.round_is_open,),
        public_label=_("Penolakan Anda dicatat"),
        basis=DISCIPLINE,
        needs_reason=True,
        acting_party=True,
    ),
    Transition(
        action=A.EXEMPT,
        sources=frozenset({S.DUE, S.INVITED}),
        target=S.EXEMPT,
        actors=HR,
        guards=(guards.round_is_open, guards.two_persons_exempt),
        public_label=_("Anda dikecualikan"),
        basis=JOINT_DECREE,
        needs_reason=True,
        correctable=False,
    ),
    Transition(
        action=A.LIFT_EXEMPTION,
        sources=frozenset({S.EXEMPT}),
        target=S.DUE,
        actors=HR | {str(ActorKind.SYSTEM)},
        guards=(guards.round_is_open,),
        basis=JOINT_DECREE,
        needs_reason=True,
        correctable=False,
    ),
    Transition(
        action=A.LAPSE,
        sources=frozenset({S.INVITED}),
        target=S.LAPSED,
        actors=HR | {str(ActorKind.SYSTEM)},
        guards=(guards.round_is_closed,),
        public_label=_("Batas waktu lewat"),
        basis=JOINT_DECREE,
        correctable=False,
    ),
    Transition(
        action=A.END,
        sources=OPEN | SIGNED | {S.EXEMPT},
        target=S.ENDED,
        actors=HR | {str(ActorKind.SYSTEM)},
        public_label=_("Kewajiban Anda berakhir"),
        basis=JOINT_DECREE,
        needs_reason=True,
        correctable=False,
    ),
    Transition(
        action=A.RESUME,
        sources=frozenset({S.ENDED}),
        target=None,
        actors=HR | {str(ActorKind.SYSTEM)},
        basis=JOINT_DECREE,
        needs_reason=True,
        returns=True,
        reopens=True,
        correctable=False,
    ),
)
OBLIGATION_ENDS: Final = frozenset({S.ENDED})
