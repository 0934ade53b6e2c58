"""Addresses under /akun/: ours first, then allauth's."""

from django.urls import URLPattern, URLResolver, include, path

from neutrality.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("mulai/", views.home, name="account_home"),
    path("peran/", views.roles, name="account_roles"),
    path("hubungan/", views.declare, name="account_declare"),
    path("pengaman/", views.second_factor, name="account_second_factor"),
    path("email/", views.email_address, name="account_email"),
    path("", include("allauth.urls")),
]
