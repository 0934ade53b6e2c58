"""What must be right in the settings before the audit can seal."""

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from neutrality.audit.signing import public_keys


@register()
def check_seal_key(**_kwargs: object) -> list[CheckMessage]:
    """The signing key is there and well formed."""
    try:
        public_keys()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="audit.E001")]
    return []
