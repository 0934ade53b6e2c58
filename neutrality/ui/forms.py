"""The base of every form: plain labels, hints, an error summary, 422 when something is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class FormProblem:
    """One line of the error summary; `anchor` is the id of the field, or empty."""

    message: str
    anchor: str


class Plain:
    """What plain forms share; stands before `forms.Form`.

    `{% crispy form %}` draws the whole form: token, error summary, fields, button. Optional
    fields are marked, required ones and those `one_of` which is needed are not. The browser's own
    messages are off, so that the summary is seen.
    """

    submit_label: ClassVar[Words] = _("Lanjutkan")
    submit_tone: ClassVar[str] = "primary"
    form_id: ClassVar[str] = ""
    one_of: ClassVar[tuple[str, ...]] = ()
    form_action: str = ""
    cancel_url: str = ""
    use_form_tag: bool = True
    confirm: Words = ""

    @property
    def helper(self) -> FormHelper:
        """How crispy draws the form: our templates, no browser validation."""
        helper = FormHelper()
        helper.template = "ui/form.html"
        helper.field_template = "ui/field.html"
        helper.form_tag = self.use_form_tag
        helper.form_id = self.form_id
        helper.form_action = self.form_action
        helper.attrs = {"novalidate": True}
        if self.confirm:
            helper.attrs["data-confirm"] = str(self.confirm)
        return helper

    def problems(self) -> list[FormProblem]:
        """What is wrong, in the order of the page; each line links to its field."""
        return problems_of(self)  # type: ignore[arg-type]


class PlainForm(Plain, forms.Form):
    """A form that is not about one model."""

    use_required_attribute = False

    def offer(self, name: str, choices: Iterable[Any]) -> None:
        """Let one choose among these in the field of this name.

        Raises:
            TypeError: It is no field to choose in.
        """
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(name)
        field.choices = choices


def problems_of(form: forms.BaseForm) -> list[FormProblem]:
    """The errors of any form as lines of a summary: those of the whole form first."""
    if not form.is_bound:
        return []
    whole = [FormProblem(str(error), "") for error in form.non_field_errors()]
    hidden = [FormProblem(str(e), "") for field in form.hidden_fields() for e in field.errors]
    shown = [
        FormProblem(str(error), field.auto_id)
        for field in form.visible_fields()
        for error in field.errors
    ]
    return whole + hidden + shown


def render_form(
    request: HttpRequest,
    template: str,
    form: forms.BaseForm,
    *,
    context: Mapping[str, Any] | None = None,
    status: int | None = None,
) -> HttpResponse:
    """Render a page with `form`: 422 when the form has errors, else 200 (or `status`)."""
    if status is None:
        status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **(context or {})}, status=status)
