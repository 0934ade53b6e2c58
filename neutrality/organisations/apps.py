"""The application organisations."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class OrganisationsConfig(AppConfig):
    """Regions, supervisory offices, agencies with their units, referral bodies."""

    name = "neutrality.organisations"
    verbose_name = pgettext_lazy("aplikasi", "Organisasi")
