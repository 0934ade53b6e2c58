"""Why the vault does not open something; each carries the sentence that a page may show."""

from django.utils.translation import gettext as _


class ReasonMissing(ValueError):
    """Nothing is opened or erased without a reason."""

    def __init__(self) -> None:
        super().__init__(_("Tuliskan alasan terlebih dahulu."))


class Erased(LookupError):
    """The data key was destroyed; nobody can read the content any more."""


class IdentityErased(Erased):
    """The identity was erased."""

    def __init__(self) -> None:
        super().__init__(_("Identitas ini sudah dihapus dan tidak dapat dibuka lagi."))


class BlobErased(Erased):
    """The file was erased."""

    def __init__(self) -> None:
        super().__init__(_("Berkas ini sudah dihapus dan tidak dapat dibuka lagi."))


def reason_given(reason: str) -> str:
    """The reason without surrounding space.

    Raises:
        ReasonMissing: nothing else was in it.
    """
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()
