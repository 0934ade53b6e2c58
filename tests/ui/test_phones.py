"""A telephone number is one number, however it was typed."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from neutrality.ui.phones import PhoneField, international


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("081234567890", "+6281234567890"),
        ("0812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("62812 3456 7890", "+6281234567890"),
        ("0062 812.3456.7890", "+6281234567890"),
        ("+62 (0)812 3456 7890", "+6281234567890"),
        ("(0354) 683 000", "+62354683000"),
        ("62 354 683000", "+62354683000"),
        ("+65 9123 4567", "+6591234567"),
        ("0812 3456 7890 / 0813 0000 0000", "+6281234567890"),
        ("tidak ada", ""),
        ("08", ""),
        ("+", ""),
        ("", ""),
    ],
)
def test_what_was_typed_becomes_one_number_or_none(typed, kept):
    assert international(typed) == kept
    assert international(international(typed)) == kept


def test_a_number_that_nobody_can_have_is_refused_in_words():
    field = PhoneField(required=False)
    assert (field.clean("0812 3456 7890"), field.clean(" ")) == ("+6281234567890", "")
    for typed in ("0812 9999", "tidak tahu", "0" * 29):
        with pytest.raises(ValidationError) as refused:
            field.clean(typed)
        said = "Tulis nomor telepon yang benar, misalnya 0812 3456 7890."
        assert refused.value.messages == [said]


@given(st.text(max_size=40))
def test_anything_at_all_is_a_number_or_none(typed):
    number = international(typed)
    assert number == "" or (number[0] == "+" and number[1:].isdigit() and len(number) <= 18)
