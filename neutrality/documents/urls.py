"""The addresses under `/verifikasi/`."""

from django.urls import path

from neutrality.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.enter_code, name="enter_code"),
    path("<str:code>/", views.verify, name="verify"),
]
