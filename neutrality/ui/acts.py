"""Pages of the admin site that call one service through one form: asked, confirmed, done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from neutrality.ui.confirm import confirmation_page, is_confirmed
from neutrality.ui.forms import PlainForm, Words

_ISO_DAY: Final = "%Y-%m-%d"
# How wide the admin site draws them.
_WIDTHS: Final = {
    forms.TextInput: "vTextField",
    forms.EmailInput: "vTextField",
    forms.Textarea: "vLargeTextField",
}
Fieldsets = list[tuple[Words | None, list[str]]]


class DayField(forms.DateField):
    """A day, chosen or typed as year, month and day."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  Django's signature
        """Draw the browser's own calendar."""
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format=_ISO_DAY),
            input_formats=[_ISO_DAY],
            **options,
        )


@dataclass(frozen=True, slots=True)
class Act:
    """What a page says: its title, its button, what saying yes will do, what was done."""

    title: Words
    button: Words
    done: Words
    consequence: Callable[[Mapping[str, Any]], Words]
    lead: Words = ""


def act_page(
    page: "admin.ModelAdmin[Any]",
    request: HttpRequest,
    *,
    act: Act,
    form: PlainForm,
    run: Callable[[Mapping[str, Any]], models.Model],
    refusal: type[Exception],
    fieldsets: Fieldsets | None = None,
) -> HttpResponse:
    """Ask with `form`, let it be confirmed, call the service and go to the row it returns.

    A refusal is shown above the form, 422, everything typed still there.
    """
    if form.is_bound and form.is_valid():
        if not is_confirmed(request):
            return confirmation_page(
                request,
                heading=act.title,
                consequence=act.consequence(form.cleaned_data),
                button=act.button,
                back_url=request.get_full_path(),
            )
        try:
            row = run(form.cleaned_data)
        except refusal as why:
            form.add_error(None, str(getattr(why, "sentence", why)))
        else:
            return _done(page, request, row=row, act=act)
    sets = fieldsets or [(None, list(form.fields))]
    return _ask(page, request, act=act, form=form, fieldsets=sets)


def _done(
    page: "admin.ModelAdmin[Any]", request: HttpRequest, *, row: models.Model, act: Act
) -> HttpResponse:
    messages.success(request, str(act.done))
    options = row._meta  # noqa: SLF001  Django's documented way
    name = f"{page.admin_site.name}:{options.app_label}_{options.model_name}_change"
    return redirect(reverse(name, args=[row.pk]))


def _ask(
    page: "admin.ModelAdmin[Any]",
    request: HttpRequest,
    *,
    act: Act,
    form: PlainForm,
    fieldsets: Fieldsets,
) -> HttpResponse:
    for field in form.fields.values():
        field.widget.attrs.setdefault("class", _WIDTHS.get(type(field.widget), ""))
    drawn = [(name, {"fields": names}) for name, names in fieldsets]
    context = {
        **page.admin_site.each_context(request),
        "title": act.title,
        "lead": act.lead,
        "button": act.button,
        "opts": page.model._meta,  # noqa: SLF001
        "form": form,
        "adminform": AdminForm(form, drawn, {}),  # type: ignore[arg-type]
        "media": page.media + form.media,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "admin/act.html", context, status=status)
