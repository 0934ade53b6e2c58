"""Every address of the site."""

from django.contrib import admin
from django.urls import URLResolver, include, path

urlpatterns: list[URLResolver] = [
    path("admin/", admin.site.urls),
    path("akun/", include("allauth.urls")),
]
