"""The account pages that allauth does not have: my roles, my ties, the second factor."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from neutrality.accounts import selectors
from neutrality.accounts.forms import DeclareForm, FindSubjectForm
from neutrality.accounts.http import GRANT_ZONE, StaffRequest, identify, staff_page
from neutrality.accounts.models import RelationKind, User
from neutrality.accounts.services import declare_relation
from neutrality.ui.forms import render_form
from neutrality.ui.navigation import links_for


def own_account(request: HttpRequest) -> tuple[User, date]:
    """The user and the day of the grants; leaves actor and clock for the menu."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("Only for those logged in.")
    identify(request, user)
    return user, request.clock.today_in(GRANT_ZONE)  # type: ignore[attr-defined]


@require_GET
@staff_page()
def home(request: StaffRequest) -> HttpResponse:
    """Go to the first entry of one's own menu; those who have none, to their roles."""
    menu = links_for(request.actor.roles, request.path)
    return HttpResponseRedirect(menu[0].url if menu else reverse("account_roles"))


@require_GET
@login_required
def roles(request: HttpRequest) -> HttpResponse:
    """What I am, where, until when, and with whom I have declared a tie."""
    user, day = own_account(request)
    context = {
        "grants": selectors.grants_of(user=user, day=day),
        "relations": selectors.relations_of(user=user, day=day),
    }
    return render(request, "account/roles.html", context)


@require_GET
@login_required
def email_address(request: HttpRequest) -> HttpResponse:
    """My address, and who can change it."""
    own_account(request)
    return render(request, "account/email.html")


@require_GET
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed, and the ways to have one."""
    own_account(request)
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    context = {"next": target if safe else reverse("account_home")}
    return render(request, "account/second_factor.html", context)


@require_http_methods(["GET", "POST"])
@staff_page()
def declare(request: StaffRequest) -> HttpResponse:
    """Declare a tie: first find whom, then choose."""
    day = request.clock.today_in(GRANT_ZONE)
    search = FindSubjectForm(request.GET or None)
    if not search.is_valid():
        return render_form(request, "account/declare.html", search)
    kind = RelationKind(search.cleaned_data["kind"])
    found = selectors.find_subjects(text=search.cleaned_data["text"], day=day)
    form = DeclareForm(request.POST or None, found=found)
    if request.method == "POST" and form.is_valid():
        declare_relation(
            user=request.user,
            subject=selectors.subject(form.cleaned_data["subject"]),
            kind=kind,
            valid_from=day,
            actor=request.actor,
            clock=request.clock,
        )
        messages.success(request, _("Hubungan dinyatakan. Perkaranya tidak akan tampak bagi Anda."))
        return redirect("account_roles")
    context = {"kind": kind.label, "found": found, "text": search.cleaned_data["text"]}
    return render_form(request, "account/declare_choose.html", form, context=context)
