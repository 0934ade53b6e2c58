"""The words of messages and the check that they are complete."""

import pytest

from neutrality.notifications.checks import check_kinds, faults_of
from neutrality.notifications.kinds import MessageKind, registered_kinds
from neutrality.notifications.wording import Wording, words_of


def test_the_first_line_is_the_subject_and_nothing_is_escaped():
    words = words_of(kind="sample", language="id", context={"number": "<b>&"})
    assert words == Wording("Nomor <b>&", "Lihat https://contoh.example/lacak/.\n")


def test_complete_kinds_pass():
    assert check_kinds(None) == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (None, ["notifications.E001"]),
        ("Hanya judul", ["notifications.E002"]),
        ("\nTanpa judul", ["notifications.E002"]),
        ("Judul {{ reporter.name }}\nIsi", ["notifications.E003"]),
        ("Judul\n{% if number %}{{ office }}{% endif %}", ["notifications.E003"]),
    ],
)
def test_what_is_wrong_with_a_template_is_named(templates, text, faults):
    path = templates / "notifications" / "sample" / "en.txt"
    path.unlink() if text is None else path.write_text(text)
    assert [fault.id for fault in faults_of(registered_kinds()["sample"])] == faults


def test_an_unwritten_kind_lacks_both_languages():
    kind = MessageKind(code="unwritten", label="x")
    assert [fault.id for fault in faults_of(kind)] == ["notifications.E001"] * 2
