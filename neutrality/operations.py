"""Pages for those who run the service: is it alive, is it ready, how does it do."""

import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView
from health_check.views import HealthCheckView


@require_safe
@never_cache
def alive(_request: HttpRequest) -> JsonResponse:
    """Say that the process answers; asks nothing of any other service."""
    return JsonResponse({"status": "alive"})


class Ready(HealthCheckView):
    """Say whether the database and Redis answer: 200 or 500, as JSON."""

    http_method_names = ["get", "head"]
    checks = ("health_check.checks.Database", "health_check.checks.Cache")

    def render_to_response(self, _context: object, **kwargs: int) -> HttpResponse:
        """Answer in JSON whatever the reader prefers: a machine reads this."""
        return self.render_to_response_json(kwargs.get("status", 200))


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Give Prometheus its numbers, to the bearer of the token only.

    An address cannot tell friend from stranger here: behind a proxy every visitor comes from it.
    """
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    expected = settings.METRICS_TOKEN
    if not expected or not secrets.compare_digest(given.encode(), expected.encode()):
        raise Http404
    return ExportToDjangoView(request)
