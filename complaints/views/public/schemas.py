"""Handing over the JSON schema of what everybody may download."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse


def schema_response(schema: Mapping[str, Any]) -> HttpResponse:
    """Return the schema as a page for people and programs."""
    text = json.dumps(schema, ensure_ascii=False, indent=2)
    return HttpResponse(text, content_type="application/schema+json")
