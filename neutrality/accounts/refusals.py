"""Why a change of roles or relations is not made, in the sentence the page shows."""

from django.utils.functional import Promise


class AccountRefusal(Exception):
    """A change was refused; `sentence` says why, in the reader's language."""

    def __init__(self, code: str, sentence: str | Promise) -> None:
        """Keep a code for tests and a sentence for people."""
        super().__init__(code)
        self.code = code
        self.sentence = sentence
