"""What becomes of one person's duty in the demo: each goes through the doors that people use."""

import io
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw

from neutrality.casework.engine import apply
from neutrality.casework.workflow import SourceDocument
from neutrality.notifications.models import Outbox
from pledges.codes import CodeKind, ExemptionGround
from pledges.demo.scene import Scene
from pledges.models import Obligation, SigningCode
from pledges.services.check_person import check_code, send_code
from pledges.services.exempt import ExemptionPlea, ask_for_exemption, decide_exemption
from pledges.services.invite import invite
from pledges.services.record_paper import record_paper
from pledges.services.set_contact import set_contact
from pledges.services.sign_pledge import Pen, refuse_pledge, sign_pledge
from pledges.workflow.actions import ObligationAction
from pledges.workflow.obligation import OBLIGATION


def _waits(scene: Scene, duty: Obligation) -> None:
    """Nobody knows an address."""


def _is_invited(scene: Scene, duty: Obligation) -> None:
    """The link is sent and lies unopened."""
    set_contact(
        person=duty.person,
        agency_id=scene.agency.pk,
        email=f"pegawai{duty.person_id}@contoh.example",
        actor=scene.officer,
        clock=scene.clock,
    )
    invite(obligation_id=duty.pk, actor=scene.officer, clock=scene.clock)


def _opens_the_link(scene: Scene, duty: Obligation) -> SigningCode:
    """The link is opened and a one-time code is on its way."""
    _is_invited(scene, duty)
    link = SigningCode.objects.select_related("obligation__round__office").get(
        obligation=duty, kind=CodeKind.LINK, revoked_at__isnull=True
    )
    send_code(obligation_id=duty.pk, link_id=link.pk, clock=scene.later(minutes=40).clock)
    return link


def _clicks(scene: Scene, duty: Obligation) -> None:
    """The person types the code that came, and the own name."""
    _opens_the_link(scene, duty)
    soon = scene.later(minutes=45)
    sent = SigningCode.objects.filter(obligation=duty, kind=CodeKind.ONE_TIME).latest("pk")
    message = Outbox.objects.get(dedupe_key=f"pledge_code:{sent.pk}")
    code = check_code(obligation_id=duty.pk, typed=message.context["code"], clock=soon.clock)
    pen = Pen(text_sha256=duty.round.text.sha256, typed_name=duty.person.name, code_id=code.pk)
    sign_pledge(obligation_id=duty.pk, pen=pen, clock=soon.clock)


def _signs_paper(scene: Scene, duty: Obligation) -> None:
    """The person signs a printed sheet, which an officer records."""
    record_paper(
        obligation=duty,
        scan=_sheet(duty.person.name),
        sheet=SourceDocument(number=f"Lembar {duty.person_id}", dated_on=scene.now.date()),
        signed_at=scene.clock.now,
        version=None,
        actor=scene.officer,
        clock=scene.later(minutes=30).clock,
    )


def _is_verified(scene: Scene, duty: Obligation) -> None:
    """The other officer compares the sheet with the list."""
    _signs_paper(scene, duty)
    apply(
        workflow=OBLIGATION,
        action=ObligationAction.VERIFY,
        subject_id=duty.pk,
        actor=scene.second,
        clock=scene.later(minutes=90).clock,
    )


def _refuses(scene: Scene, duty: Obligation) -> None:
    """The person opens the link and refuses, with a reason."""
    _opens_the_link(scene, duty)
    reason = "Saya minta penjelasan tertulis lebih dahulu."
    refuse_pledge(obligation_id=duty.pk, reason=reason, clock=scene.later(minutes=50).clock)


def _is_exempt(scene: Scene, duty: Obligation) -> None:
    """One officer asks, the other grants."""
    plea = ExemptionPlea(
        ground=ExemptionGround.UNPAID_LEAVE,
        explanation="Cuti sampai sesudah pemungutan suara",
        evidence=f"Keputusan cuti contoh {duty.person_id}",
    )
    asked = ask_for_exemption(obligation=duty, plea=plea, actor=scene.officer, clock=scene.clock)
    later = scene.later(minutes=120).clock
    decide_exemption(exemption_id=asked.pk, granted=True, actor=scene.second, clock=later)


def _asks_for_exemption(scene: Scene, duty: Obligation) -> None:
    """A request waits for the second officer."""
    plea = ExemptionPlea(
        ground=ExemptionGround.LONG_ILLNESS,
        explanation="Dirawat di rumah sakit",
        evidence=f"Surat keterangan dokter contoh {duty.person_id}",
    )
    ask_for_exemption(obligation=duty, plea=plea, actor=scene.officer, clock=scene.clock)


# Twenty people: ten signed, one refused, one is exempt, eight have not signed for other reasons.
ENDINGS: Final[tuple[Callable[[Scene, Obligation], object], ...]] = (
    _clicks,
    _is_verified,
    _is_invited,
    _clicks,
    _waits,
    _is_exempt,
    _signs_paper,
    _signs_paper,
    _is_invited,
    _clicks,
    _refuses,
    _clicks,
    _waits,
    _opens_the_link,
    _is_verified,
    _signs_paper,
    _is_invited,
    _asks_for_exemption,
    _clicks,
    _waits,
)


def _sheet(name: str) -> bytes:
    """Draw the scan of a signed sheet that says it is an example."""
    picture = Image.new("L", (420, 300), 250)
    pen = ImageDraw.Draw(picture)
    pen.text((24, 24), "PAKTA INTEGRITAS - CONTOH", fill=30, font_size=20)
    pen.text((24, 70), name, fill=60, font_size=16)
    pen.line([(40, 200), (80, 160), (110, 210), (150, 150), (200, 190)], fill=40, width=3)
    pen.text((24, 250), "Gambar buatan untuk peragaan", fill=110, font_size=14)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()
