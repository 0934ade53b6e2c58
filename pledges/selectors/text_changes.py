"""Whether a round went over to another text, and who stands as signed under an earlier one only."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from pledges.codes import HAS_SIGNED, RoundChangeKind
from pledges.models import Obligation, Round, RoundChange, Signature
from pledges.workflow.table import OPEN


def had_another_text(*, place: Round) -> bool:
    """Whether the round asked for another text before; one query."""
    return other_texts(place.pk).exists()


def other_texts(place: OuterRef | int) -> QuerySet[RoundChange]:
    """Return the changes by which a round went over to another text, in no order."""
    return RoundChange.objects.filter(round_id=place, kind=RoundChangeKind.TEXT).order_by()


def behind_the_text(place: OuterRef | int) -> QuerySet[Obligation]:
    """Return who stands otherwise than the round's present text says.

    As signed though it bears no signature of theirs, or as unsigned though they signed it when the
    round had it before.
    """
    present = Exists(
        Signature.objects.filter(
            obligation=OuterRef("pk"), text=OuterRef("round__text"), annulled_at__isnull=True
        )
    )
    unasked = Q(~present, state__in=HAS_SIGNED) | Q(present, state__in=OPEN)
    return Obligation.objects.filter(unasked, round=place)
