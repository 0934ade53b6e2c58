"""Forms as they are drawn and refused."""

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from neutrality.ui.confirm import confirmation_page, is_confirmed
from neutrality.ui.forms import FormProblem, PlainForm, problems_of, render_form


class Example(PlainForm):
    name = forms.CharField(label="Nama", help_text="Seperti pada kartu.")
    choice = forms.ChoiceField(
        label="Pilihan", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="Setuju")

    def clean(self):
        if self.cleaned_data.get("note") == "bertentangan":
            raise forms.ValidationError("Isian bertentangan.")


@pytest.fixture
def draw(rf: RequestFactory):
    return lambda data=None: render_crispy_form(Example(data), context={"csrf_token": "x"})


def test_a_hint_is_tied_to_its_field_and_optional_fields_are_marked(draw):
    html = draw()
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'id="id_name_helptext"' in html
    assert html.count("(opsional)") == 1
    assert "novalidate" in html
    assert "required" not in html.replace("requiredField", "")


def test_of_fields_one_of_which_is_needed_none_is_called_optional():
    class Reached(PlainForm):
        one_of = ("mail", "phone")
        mail = forms.CharField(label="Surel", required=False)
        phone = forms.CharField(label="Telepon", required=False)
        note = forms.CharField(label="Catatan", required=False)

    html = render_crispy_form(Reached(), context={"csrf_token": "x"})

    assert html.count("(opsional)") == 1
    assert html.index("(opsional)") > html.index("Catatan")


def test_radios_stand_in_a_fieldset_with_a_legend(draw):
    html = draw()
    assert '<fieldset id="id_choice"' in html
    assert html.count("<legend") == 1


def test_the_summary_links_to_each_field_and_what_was_typed_stays(draw):
    html = draw({"note": "tetap di sini"})
    for field in ("name", "choice", "agree"):
        assert f'href="#id_{field}"' in html
        assert f'id="id_{field}"' in html
    assert "tetap di sini" in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html


def test_errors_of_the_whole_form_come_first():
    form = Example({"note": "bertentangan"})
    assert problems_of(form)[0] == FormProblem("Isian bertentangan.", "")
    assert problems_of(Example()) == []


@pytest.mark.parametrize(("data", "status"), [(None, 200), ({"name": "x"}, 422)])
def test_a_refused_form_is_422(rf, data, status):
    answer = render_form(rf.get("/"), "ui/error_summary.html", Example(data))
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == status


def test_the_question_before_harm_carries_everything_posted(rf, admin_free_request):
    request = admin_free_request(
        rf.post("/hapus/", {"reason": "<b>", "many": ["1", "2"], "dikonfirmasi": "tidak"})
    )
    assert not is_confirmed(request)
    page = confirmation_page(
        request, heading="Hapus?", consequence="Hilang.", button="Hapus", back_url="/"
    ).content.decode()
    assert page.count('name="many"') == 2
    assert 'value="&lt;b&gt;"' in page
    assert page.count('name="dikonfirmasi"') == 1
    assert is_confirmed(rf.post("/hapus/", {"dikonfirmasi": "ya"}))


@pytest.fixture
def admin_free_request():
    def dress(request):
        request.user = AnonymousUser()
        return request

    return dress


def test_forms_speak_english_too(draw):
    with translation.override("en"):
        assert "<form" in draw()
