"""Whether a round went over to another text."""

from django.db.models import OuterRef, QuerySet

from pledges.codes import RoundChangeKind
from pledges.models import Round, RoundChange


def had_another_text(*, place: Round) -> bool:
    """Whether the round asked for another text before; one query."""
    return other_texts(place.pk).exists()


def other_texts(place: OuterRef | int) -> QuerySet[RoundChange]:
    """Return the changes by which a round went over to another text, in no order."""
    return RoundChange.objects.filter(round_id=place, kind=RoundChangeKind.TEXT).order_by()
