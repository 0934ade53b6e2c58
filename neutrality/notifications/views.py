"""The page behind the stop link of every message."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from neutrality.law.clock import read_clock
from neutrality.notifications.contacts import contact_of, stop_contact


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_messages(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then send nothing more to this address.

    Mail programs post here themselves (RFC 8058), so no token of ours is asked for; whoever holds
    the signed address may press it.
    """
    contact = contact_of(token)
    if contact is None:
        raise Http404
    if request.method == "POST":
        stop_contact(contact_id=contact.pk, clock=read_clock())
    stopped = request.method == "POST" or contact.stopped_at is not None
    return render(request, "messages/stop.html", {"stopped": stopped})
