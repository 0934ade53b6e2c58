"""How the JSON schemas of what everybody may download are put together."""

from collections.abc import Collection, Mapping
from typing import Any, Final

TEXT: Final[Mapping[str, Any]] = {"type": "string"}
WHOLE: Final[Mapping[str, Any]] = {"type": "integer", "minimum": 0}


def schema_of(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a document with these properties and no others."""
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": draft, **object_of(properties)}


def object_of(properties: Mapping[str, Any], *, optional: Collection[str] = ()) -> dict[str, Any]:
    """Return the schema of an object with these properties, all there but the optional ones."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def list_of(items: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a list."""
    return {"type": "array", "items": dict(items)}
