"""What somebody wants to issue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

from django.utils import translation

from neutrality.audit.record import SubjectRef
from neutrality.documents.contents import CONTENTS
from neutrality.documents.models import Classification, Document
from neutrality.documents.wording import Json
from neutrality.law.codes import FormRole
from neutrality.organisations.models import Agency, Office

P = ParamSpec("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDraft:
    """Everything about a document that its issuer decides.

    An IDENTITY document needs the content of its twin: `content.masked().as_content()`. With
    `identity_id` what is sealed of it is erased together with that identity. With `agency` the
    paper is that agency's: its letterhead, not sealed by the office, whose zone alone counts.

    Raises:
        ValueError: When there is no title, the content does not belong to the role, or the twin
            is missing or not wanted.
    """

    role: FormRole
    form_code: str
    classification: Classification
    title: str
    office: Office
    subject: SubjectRef
    number: str
    content: Mapping[str, Json]
    twin_content: Mapping[str, Json] | None = None
    matter_ref: int | None = None
    identity_id: int | None = None
    supersedes: Document | None = None
    agency: Agency | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be rendered, and identities without a twin."""
        if not self.title.strip():
            raise ValueError("An accessible document has a title.")
        for content in filter(None, (self.content, self.twin_content)):
            kind = CONTENTS.get(str(content.get("template")))
            if kind is None or self.role not in kind.roles:
                raise ValueError(f"The content does not belong to {self.role}.")
        if (self.classification == Classification.IDENTITY) != (self.twin_content is not None):
            raise ValueError("Identity documents, and only they, have a twin without names.")


def official(write: Callable[P, DocumentDraft]) -> Callable[P, DocumentDraft]:
    """Let a paper be written in Indonesian, whatever language its issuer reads pages in."""

    @wraps(write)
    def in_indonesian(*args: P.args, **kwargs: P.kwargs) -> DocumentDraft:
        with translation.override("id"):
            return write(*args, **kwargs)

    return in_indonesian
