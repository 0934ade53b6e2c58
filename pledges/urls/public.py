"""The addresses of those who sign; the token is the personal link."""

from django.urls import path

from pledges.views.public import signing

app_name = "pledges_public"

urlpatterns = [
    path("<str:token>/", signing.start, name="start"),
    path("<str:token>/kode/", signing.enter_code, name="code"),
    path("<str:token>/naskah/", signing.sign, name="sign"),
    path("<str:token>/menolak/", signing.refuse, name="refuse"),
    path("<str:token>/selesai/", signing.done, name="done"),
    path("<str:token>/sertifikat/", signing.certificate, name="certificate"),
]
