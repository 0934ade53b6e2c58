"""The addresses of the desk: sharing work and the duty roster."""

from django.urls import path

from complaints.views.staff import desk

patterns = [
    path("bagi/", desk.desk, name="desk"),
    path("bagi/<str:public_id>/urungkan/", desk.undo, name="desk_undo"),
    path("piket/", desk.duty, name="duty"),
    path("piket/<int:shift_id>/hapus/", desk.duty_remove, name="duty_remove"),
]
