"""An event or a respondent that an officer adds."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Mapping
from typing import Any

from complaints.codes import Precision
from complaints.forms.public.filing import WhenForm, WhereForm
from complaints.services.lodging import IncidentGiven, RespondentGiven


class IncidentForm(WhenForm, WhereForm):
    """When and where, on one page; when somebody learned of it belongs to a report."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out the day on which it became known."""
        super().__init__(*args, **kwargs)
        del self.fields["diketahui"]
        names = ("ketepatan", "kejadian", "sampai", "jam", "cara", "wilayah", "tempat")
        self.order_fields([*names, "platform", "akun", "alamat"])


def incident_of(given: Mapping[str, Any]) -> IncidentGiven:
    """Return the event of checked answers about when and where."""
    online = given["cara"] == "internet"
    return IncidentGiven(
        from_on=given["kejadian"],
        until_on=given["sampai"],
        precision=given["ketepatan"] or Precision.DAY,
        at_time=given["jam"],
        online=online,
        region_code=given["wilayah"],
        place="" if online else given["tempat"],
        platform=given["platform"] if online else "",
        account_name=given["akun"] if online else "",
        url=given["alamat"] if online else "",
    )


def respondent_of(given: Mapping[str, Any]) -> RespondentGiven:
    """Return the respondent of checked answers."""
    return RespondentGiven(
        name=given["nama"],
        description=given["ciri"],
        subject_kind=given["jenis"],
        agency_text=given["instansi"],
        unit_text=given["unit"],
    )
