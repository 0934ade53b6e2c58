"""Django's admin, with our site."""

from django.contrib.admin.apps import AdminConfig


class ReferenceAdminConfig(AdminConfig):
    """Reference tables, for administrators."""

    default_site = "neutrality.accounts.admin_site.ReferenceAdminSite"
