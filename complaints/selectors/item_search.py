"""Finding a referral item by whom it is about, where they work, or any number it goes by."""

from typing import Final

from django.db.models import Exists, OuterRef, Q

from complaints.models import ExternalNumber, ReferralPackage, Sanction
from complaints.selectors.queue_conditions import names_like

LONGEST: Final = 100


def searched(text: str) -> str:
    """Return what is looked for, without line ends and doubled spaces."""
    return " ".join(text.split())[:LONGEST]


def items_about(text: str) -> Q:
    """Return the condition that an item is about this name or agency, or goes by this number."""
    people = names_like(text, "respondent__name") | names_like(text, "agency__name")
    return people | _numbered(text) if any(letter.isdigit() for letter in text) else people


def _numbered(text: str) -> Q:
    """Find it by the letter, by other systems, by the recommendation and by the decree."""
    here = OuterRef("pk")
    return (
        Q(recommendation_number__istartswith=text)
        | Q(Exists(ReferralPackage.objects.filter(items=here, letter__number__istartswith=text)))
        | Q(Exists(ExternalNumber.objects.filter(item=here, number__istartswith=text)))
        | Q(Exists(Sanction.objects.filter(item=here, decree_number__istartswith=text)))
    )
