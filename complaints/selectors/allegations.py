"""An allegation in one line, as forms and lists name it."""

from complaints.models import Allegation, Matter
from complaints.papers.parts import act_words, incident_words


def named_allegations(*, matter: Matter) -> list[tuple[Allegation, str]]:
    """Return the allegations of a matter, each with the words that name it; one query."""
    rows = Allegation.objects.filter(matter=matter).select_related("respondent", "incident")
    return [(row, allegation_words(row)) for row in rows.order_by("respondent_id", "pk")]


def allegation_words(row: Allegation) -> str:
    """Return who, what and when; the joined rows must be loaded."""
    who = row.respondent.name or row.respondent.description
    return (
        f"{row.respondent.spoken_alias} ({who}): {act_words(row)}, {incident_words(row.incident)}"
    )
