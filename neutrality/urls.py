"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from neutrality import operations

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", operations.alive, name="alive"),
    path("readyz", operations.Ready.as_view(), name="ready"),
    path("metrics", operations.metrics, name="metrics"),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("akun/", include("allauth.urls")),
]
if settings.CAUGHT_MAIL_DIR:
    urlpatterns.append(path("surel/", include("neutrality.mailbox")))
