"""The addresses of the site, and those of the floor."""

from django.urls import path

from benchmarks import views
from neutrality import urls

handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler429 = urls.handler429
handler500 = urls.handler500

urlpatterns = [
    path("lantai/tulis/", views.write, name="floor_write"),
    path("lantai/baca/", views.read, name="floor_read"),
    path("lantai/baris/", views.rows, name="floor_rows"),
    path("lantai/unggah/", views.upload, name="floor_upload"),
    path("lantai/proses/", views.process, name="floor_process"),
    *urls.urlpatterns,
]
