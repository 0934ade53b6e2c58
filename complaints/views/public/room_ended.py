"""What was typed in a room that was closed meanwhile: it goes along with the code and comes back."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from complaints.forms.public.start import CodeForm
from neutrality.ui.typed import Typed, posted_fields, typed_in, written_among

CARRIED: Final = "tadi-"
PATH: Final = "tadi_halaman"
DOORS: Final = {
    "public:track": "complaints/public/track.html",
    "public:invitation": "complaints/public/invitation_enter.html",
}
Fields = list[tuple[str, str]]


def ended(request: HttpRequest, door: str) -> HttpResponse:
    """Lead to the page where the code is typed; what was just typed goes along."""
    typed = typed_in(request)
    if typed is None:
        return redirect(door)
    carried = [(f"{CARRIED}{name}", value) for name, value in typed.fields]
    if carried:
        carried.append((PATH, typed.path))
    context = {
        "form": CodeForm(),
        "ended": True,
        "door": reverse(door),
        "carried": carried,
        "typed": None if carried else typed,
    }
    return render(request, DOORS[door], context, status=422)


def carried_on(request: HttpRequest) -> Fields:
    """Return what goes along while a wrong code is typed."""
    return [
        each for each in posted_fields(request) if each[0] == PATH or each[0].startswith(CARRIED)
    ]


def send_again(request: HttpRequest, *, home: str) -> HttpResponse | None:
    """Show what was typed before the code was asked for, to be sent; None without any.

    Only to a page of the room whose first page is called `home`.
    """
    path = request.POST.get(PATH, "")
    if not path.startswith(reverse(home)):
        return None
    fields = tuple(
        (name.removeprefix(CARRIED), value)
        for name, value in posted_fields(request)
        if name.startswith(CARRIED)
    )
    context = {"typed": Typed(written_among(fields), fields, path), "home": reverse(home)}
    return render(request, "complaints/public/room_again.html", context)
