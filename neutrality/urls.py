"""Every address of the site."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from neutrality import operations

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", operations.alive, name="alive"),
    path("readyz", operations.Ready.as_view(), name="ready"),
    path("metrics", operations.metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("akun/", include("allauth.urls")),
]
