"""What the demo shows: for each state some stories, begun so many days ago."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from complaints.codes import MeetingMode, SanctionState
from complaints.demo.play import Play
from complaints.workflow.actions import ReferralAction, ReportAction
from neutrality.law.codes import OutcomeClass, RequirementCode, SanctionClass

Scene = Callable[[Play], None]


def submitted(play: Play) -> None:
    """A report that waits for its reception."""
    play.lodge()


def received(play: Play) -> None:
    """A report received and not yet reviewed."""
    play.lodge()
    play.later(hour=10).receive()


def reviewed(play: Play) -> None:
    """A report in its initial review."""
    received(play)
    play.later(hour=11).review()


def judged(play: Play) -> None:
    """A report whose requirements are all met."""
    reviewed(play)
    play.judge()


def waiting(play: Play) -> None:
    """A report whose reporter must complete it, and does not know yet."""
    reviewed(play)
    play.judge(RequirementCode.MATERIAL_TIME_PLACE)
    play.later(hour=13).ask_for_completion()


def warned(play: Play) -> None:
    """A report whose reporter has the notice; the completion clock runs."""
    waiting(play)
    play.later(hour=14).read_notice()


def completed(play: Play) -> None:
    """A report that was completed in time and is reviewed again."""
    warned(play)
    play.later(days=1, hour=9).complete()


def registered(play: Play) -> None:
    """A report registered by the plenary."""
    judged(play)
    play.later(hour=14).register()


def coordinated(play: Play) -> None:
    """A report registered by the coordinator; the plenary has to ratify it."""
    judged(play)
    play.later(hour=14).coordinate_report(ReportAction.REGISTER, "Syarat terpenuhi.")


def clarified(play: Play) -> None:
    """A case in clarification."""
    registered(play)
    play.later(hour=15).clarify()


def assessed(play: Play) -> None:
    """A case in assessment, approved by a second person."""
    clarified(play)
    play.later(days=2, hour=10).assess()


def brought(play: Play) -> None:
    """A case before the plenary."""
    assessed(play)
    play.later(hour=15).bring()


def proven(play: Play) -> None:
    """A case decided as a breach of ASN law and not yet sent."""
    brought(play)
    play.later(days=1, hour=10).decide(OutcomeClass.ASN_LAW)


def not_proven(play: Play) -> None:
    """A case closed as not proven."""
    brought(play)
    play.later(days=1, hour=10).decide(OutcomeClass.NOT_PROVEN)
    play.later(hour=15).close()


def no_breach(play: Play) -> None:
    """A case decided as no breach, a day too late and with a dissent."""
    brought(play)
    play.later(days=2, hour=10).decide(
        OutcomeClass.NOT_VIOLATION, dissent="Menurut saya unsur keberpihakan terpenuhi."
    )


def sent(play: Play) -> None:
    """A case referred and closed; the body has not acknowledged it."""
    proven(play)
    play.later(hour=13).send()
    play.later(hour=15).close()


def cancelled(play: Play) -> None:
    """A referral that the body cancelled, for it went to the wrong one."""
    acknowledged(play)
    play.later(days=1, hour=9).item_step(
        ReferralAction.CANCEL, "penghubung", "Terlapor sudah ditangani dalam penerusan lain."
    )


def returned(play: Play) -> None:
    """A referral that the body sent back."""
    sent(play)
    play.later(days=2, hour=9).item_step(
        ReferralAction.RETURN, "penghubung", "Kajian belum dilampirkan lengkap."
    )


def acknowledged(play: Play) -> None:
    """A referral that the body has in hand."""
    sent(play)
    play.later(days=2, hour=9).item_step(ReferralAction.ACKNOWLEDGE, "penghubung")


def rejected(play: Play) -> None:
    """A referral that the body rejected."""
    acknowledged(play)
    play.later(days=2, hour=9).item_step(
        ReferralAction.REJECT, "penghubung", "Bukan kewenangan instansi ini."
    )


def disproven(play: Play) -> None:
    """A referral that the body found not proven."""
    acknowledged(play)
    play.later(days=2, hour=9).item_step(
        ReferralAction.FIND_NOT_PROVEN, "penghubung", "Bukti tidak memenuhi unsur disiplin."
    )


def recommended(play: Play) -> None:
    """A recommendation that waits for the appointing authority."""
    acknowledged(play)
    play.later(days=2, hour=10).recommend()


def followed(play: Play) -> None:
    """A recommendation that the agency examines."""
    recommended(play)
    play.later(days=2, hour=9).item_step(ReferralAction.START_FOLLOW_UP, "disiplin")


def sanctioned(play: Play) -> None:
    """A sanction imposed by decree."""
    followed(play)
    play.later(days=5, hour=9).sanction()


def deviated(play: Play) -> None:
    """A milder sanction than was recommended, which the body is to accept or refuse."""
    followed(play)
    play.later(days=4, hour=9).sanction(
        SanctionClass.MEDIUM, "Unggahan dihapus pada hari yang sama dan belum pernah melanggar."
    )


def objected(play: Play) -> None:
    """A sanction against which the civil servant objects."""
    sanctioned(play)
    play.later(days=3, hour=9).sanction_step(SanctionState.OBJECTED)


def executed(play: Play) -> None:
    """A sanction that was carried out after it was upheld."""
    objected(play)
    play.later(days=4, hour=9).sanction_step(SanctionState.UPHELD)
    play.later(days=1, hour=9).sanction_step(SanctionState.EXECUTED)


def neglected(play: Play) -> None:
    """A recommendation that nobody followed."""
    recommended(play)
    play.later(days=20, hour=9).item_step(
        ReferralAction.MARK_NOT_FOLLOWED_UP, "penghubung", "Tidak ada jawaban sampai batas waktu."
    )


def controlled(play: Play) -> None:
    """An authority whose services the body blocked."""
    neglected(play)
    play.later(days=1, hour=9).control()


def retired(play: Play) -> None:
    """A respondent who left the service."""
    followed(play)
    play.later(days=1, hour=9).item_step(
        ReferralAction.MARK_INACTIVE, "disiplin", "Terlapor memasuki masa pensiun."
    )


def declined(play: Play) -> None:
    """A report that was not registered, by a circular decision."""
    judged(play)
    play.later(hour=14).decide_report(
        ReportAction.DECLINE,
        "Peristiwa yang sama sudah pernah ditangani.",
        mode=MeetingMode.CIRCULAR,
    )


def made_tip(play: Play) -> None:
    """A report turned into a tip by the plenary."""
    judged(play)
    play.later(hour=14).decide_report(
        ReportAction.MAKE_TIP, "Syarat formal tidak terpenuhi, peristiwanya masuk akal."
    )


def unidentified(play: Play) -> None:
    """A report whose sender never came."""
    play.lodge()
    play.later(days=4, hour=10).take_as_tip()


def withdrawn(play: Play) -> None:
    """A report withdrawn by its reporter."""
    received(play)
    play.later(hour=15).withdraw()


def shortcut(play: Play) -> None:
    """A report referred straight from the initial review (art. 22)."""
    judged(play)
    play.later(hour=13).assess()
    play.later(hour=14).decide_report(
        ReportAction.REFER, "Hanya pelanggaran peraturan perundang-undangan lainnya."
    )


def told(play: Play) -> None:
    """A tip that nobody has read."""
    play.tell()


def traced(play: Play) -> None:
    """A tip that is being traced."""
    play.tell()
    play.later(hour=11).trace()


def untraced(play: Play) -> None:
    """A tip closed without enough proof."""
    traced(play)
    play.later(days=5, hour=11).close_tip()


def found(play: Play) -> None:
    """A tip that became a finding, with its case open."""
    traced(play)
    play.later(days=2, hour=10).find()


def identified(play: Play) -> None:
    """A tip whose informant gave a name; it is a report now."""
    traced(play)
    play.later(days=1, hour=10).identify()


def transferred(play: Play) -> None:
    """A report on its way to the provincial office."""
    judged(play)
    play.later(hour=14).move(play.cast.above)


def passed_on(play: Play) -> None:
    """A tip on its way to the provincial office."""
    play.tell()
    play.later(hour=12).move(play.cast.above)


def traced_and_referred(play: Play) -> None:
    """A tip referred after its tracing, without a case (art. 22)."""
    traced(play)
    play.later(days=2, hour=10).assess()
    play.later(hour=11).refer_tip()


@dataclass(frozen=True, slots=True)
class Line:
    """A scene and the days ago on which its stories begin.

    Attributes:
        civil: Whether the respondent must be a civil servant, for the chain to end at an agency.
    """

    scene: Scene
    days_ago: tuple[int, ...]
    civil: bool = False


PLAN: Final = (
    Line(submitted, (0, 0, 1, 3, 6)),
    Line(received, (0, 1)),
    Line(reviewed, (0, 1, 2, 4)),
    Line(judged, (1, 2)),
    Line(waiting, (1, 3)),
    Line(warned, (1, 2, 8)),
    Line(completed, (3,)),
    Line(registered, (1, 2)),
    Line(coordinated, (1, 3)),
    Line(clarified, (2, 3, 6)),
    Line(assessed, (4, 5)),
    Line(brought, (5, 6)),
    Line(proven, (5, 8), civil=True),
    Line(not_proven, (12, 21)),
    Line(no_breach, (9,)),
    Line(sent, (6, 13), civil=True),
    Line(returned, (10,), civil=True),
    Line(acknowledged, (9,), civil=True),
    Line(cancelled, (15,), civil=True),
    Line(rejected, (33,), civil=True),
    Line(disproven, (35,), civil=True),
    Line(recommended, (13, 29), civil=True),
    Line(followed, (16,), civil=True),
    Line(sanctioned, (22,), civil=True),
    Line(deviated, (24,), civil=True),
    Line(objected, (31,), civil=True),
    Line(executed, (44,), civil=True),
    Line(neglected, (40,), civil=True),
    Line(controlled, (47,), civil=True),
    Line(retired, (38,), civil=True),
    Line(declined, (7,)),
    Line(made_tip, (9,)),
    Line(unidentified, (11,)),
    Line(withdrawn, (6,)),
    Line(shortcut, (12,), civil=True),
    Line(told, (0, 1)),
    Line(traced, (2, 9)),
    Line(untraced, (18,)),
    Line(found, (3, 12)),
    Line(identified, (4,)),
    Line(transferred, (5,)),
    Line(passed_on, (6,)),
    Line(traced_and_referred, (14,), civil=True),
)
