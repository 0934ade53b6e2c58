"""The application organisations."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Regions, supervisory offices, agencies with their units, referral bodies."""

    name = "neutrality.organisations"
    verbose_name = "Organisasi"
