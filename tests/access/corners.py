"""What lies behind addresses that few come to, and the browsers that came by a code, not a role."""

from dataclasses import asdict
from datetime import timedelta

from django.test import Client

from complaints.codes import Audience, DerivativeKind, EvidenceKind, EvidenceState
from complaints.models import AccessCode, Derivative, Evidence
from complaints.services.calendar_feed import issue_feed
from complaints.services.delegate_tracing import delegate_tracing
from complaints.services.record_tip import record_tip
from complaints.services.release_data import release_data
from complaints.services.word_account import word_account
from complaints.views.public.invitation_session import INVITATION_KEY
from complaints.views.public.mailbox_session import MAILBOX_KEY
from complaints.workflow.actions import TipAction
from complaints.workflow.tip import TIP
from neutrality.accounts.models import RelationKind
from neutrality.casework.engine import apply
from neutrality.casework.models import ClockState, LegalClock
from neutrality.casework.workflow import StepContext
from neutrality.vault.services import seal_blob
from pledges.codes import WallKind
from pledges.models import SigningCode
from pledges.services.invite import invite
from pledges.services.kiosk import open_kiosk
from pledges.services.set_contact import set_contact
from pledges.services.wall_codes import wall_code
from pledges.views.hr.together import KIOSK_KEY
from pledges.views.public.desk import PERSON_KEY
from pledges.views.public.identified import SESSION_KEY as PROOF_KEY, Proof
from pledges.views.public.together import WAITING_KEY
from tests.complaints import factories as make
from tests.complaints.evidence import copies, files
from tests.complaints.public import journey
from tests.pledges import factories as pledges

NOW = make.at(20, 14)


def offices(world):
    """Make what only offices come to; return what stands in its addresses."""
    return {
        **_delegated(world),
        **_worded(world),
        **_copies(world),
        **_supervised(world),
        "staff:calendar_file": {"token": issue_feed(actor=world.case.actor("handler"), clock=NOW)},
        "public:release_": {"day": release_data(clock=NOW).released_on.isoformat()},
    }


def _delegated(world):
    """A tracing that the province gave to the city."""
    province = make.office("35")
    above = make.actor("Penelusur provinsi", "handler", office=province)
    given = make.lodging(office=province, contest=world.case.report.contest, reporter=None)
    tip = record_tip(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(18, 9))
    apply(
        workflow=TIP,
        action=TipAction.TRACE,
        subject_id=tip.pk,
        actor=above,
        clock=make.at(18, 10),
        context=StepContext(),
    )
    delegate_tracing(
        tip_id=tip.pk,
        office=world.case.office,
        task="Datangi tempat kejadian.",
        actor=above,
        clock=make.at(18, 11),
    )
    return {"staff:delegation": {"public_id": tip.public_id}}


def _worded(world):
    """Words for an account, which wait for a second person."""
    sent = world.sent
    wording = word_account(
        entry=sent.report,
        audience=Audience.BODY,
        words="Seorang warga melihat unggahan.",
        actor=sent.handler,
        clock=make.at(20, 10),
    )
    place = {"public_id": sent.matter.public_id, "wording": wording.public_id}
    return {"staff:account_wording": place}


def _copies(world):
    """A picture and a paper with which the office works, and a copy let go for the agencies."""
    picture = _working(world.sent, world.sent.copy.evidence, files.picture(40, 30), "image/jpeg")
    data = files.pdf()
    paper = Evidence.objects.create(
        matter=world.sent.matter,
        kind=EvidenceKind.FILE,
        state=EvidenceState.CLEAN,
        caption="Surat",
        original_name="surat.pdf",
        stored_as=picture.stored_as,
        media_type="application/pdf",
        size=len(data),
        sha256="b" * 64,
        handed_in_at=make.at(18, 9).now,
    )
    copy = _working(world.sent, paper, data, "application/pdf")
    pair = (world.sent.handler, world.sent.member)
    outside = copies.let_go(world.sent.matter, Audience.AGENCY, pair, make.at(20, 10))
    return {
        "hr:item_copy": {"copy_id": outside.public_id},
        "staff:evidence_page": {"public_id": copy.public_id, "number": 1},
        "staff:evidence_prepare": {"public_id": picture.public_id},
        "staff:evidence_redact": {"public_id": picture.public_id},
    }


def _working(sent, evidence, data, media_type):
    sealed = seal_blob(data=data, clock=NOW)
    return Derivative.objects.create(
        evidence=evidence,
        kind=DerivativeKind.CLEANED,
        audience=Audience.STAFF,
        stored_as=str(sealed.pk),
        media_type=media_type,
        size=len(data),
        sha256=sealed.sha256,
        parent_sha256=evidence.sha256,
        made_at=NOW.now,
        made_by_id=sent.handler.user_id,
        pages=1,
    )


def _supervised(world):
    """An officer of whom a tie can be declared, and a deadline that the calendar has moved."""
    office = world.case.office
    clock = LegalClock.objects.filter(
        state=ClockState.OPEN, organisation_kind="office", organisation_path=office.path
    ).latest("due_at")
    LegalClock.objects.filter(pk=clock.pk).update(due_at=clock.due_at - timedelta(days=1))
    who, kind = world.case.people["second"].pk, RelationKind.values[0]
    return {
        "staff:office_declare": {
            "public_id": office.public_id,
            "?": f"petugas={who}&kind={kind}&text=Pemerintah+Kota+Lain",
        },
        "staff:office_move_clock": {"public_id": office.public_id, "clock_id": clock.pk},
    }


def signers(world):
    """Let the one who owes a pledge be invited, by all ways; return what stands in the addresses."""
    place, owed = world.round, world.obligation
    officer = pledges.officer(world.agency)
    set_contact(
        person=owed.person,
        agency_id=world.agency.pk,
        email="pegawai@contoh.id",
        actor=officer,
        clock=make.at(17, 10),
    )
    invite(obligation_id=owed.pk, actor=officer, clock=make.at(17, 11))
    own = {"unit": None, "actor": officer, "clock": NOW}
    wall = wall_code(kind=WallKind.SIGN, place=place, ceremony=None, **own)
    hall = wall_code(kind=WallKind.ATTEND, place=None, ceremony=world.ceremony, **own)
    world.tablet = open_kiosk(
        place=place, ceremony=None, pin="123456", hours=4, actor=officer, clock=NOW
    )
    world.wall = wall
    return {
        "pledges_public:": {"token": pledges.sent_token()},
        "pledges_public:wall": {"token": wall.token},
        "pledges_public:attend": {"token": hall.token},
        "pledges_together:close_tablet": {
            "public_id": place.public_id,
            "kiosk_id": world.tablet.public_id,
        },
        "pledges_together:take_down": {"public_id": place.public_id, "wall_id": wall.pk},
    }


def citizens(world):
    """Return who came by codes: one to everything that codes open, one to another mailbox."""
    invited = AccessCode.objects.filter(party=world.case.respondent, revoked_at=None).latest("pk")
    # The code on the paper has been replaced by one that only the invited person knows.
    AccessCode.objects.filter(pk=invited.pk).update(staff_seen=False)
    link = SigningCode.objects.get(obligation=world.obligation, kind="LINK", revoked_at=None)
    until = {"until": (NOW.now + timedelta(minutes=9)).isoformat()}
    proof = Proof(obligation=world.obligation.pk, code=link.pk, link=link.pk)
    here = {"obligation": world.obligation.pk, "card": True, **until}
    own = _with(
        {
            MAILBOX_KEY: _code_of(world.incomplete),
            INVITATION_KEY: invited.pk,
            PROOF_KEY: {**asdict(proof), **until},
            KIOSK_KEY: world.tablet.pk,
            PERSON_KEY: here,
            WAITING_KEY: {"wall": world.wall.pk, "obligation": world.obligation.pk},
        }
    )
    journey.begin(own)
    journey.fill(own, contest=world.case.report.contest.pk)
    return {
        ("citizen", "own"): own,
        ("citizen", "foreign"): _with({MAILBOX_KEY: _code_of(world.reviewed)}),
    }


def _code_of(report):
    return AccessCode.objects.get(report=report, revoked_at=None).pk


def _with(kept):
    """Return a browser without a login whose session holds this."""
    browser = Client(raise_request_exception=False)
    session = browser.session
    session.update(kept)
    session.save()
    return browser
