"""The addresses of the pages for the staff of the supervisory offices."""

from django.urls import path

from complaints.views.staff import documents

app_name = "staff"
urlpatterns = [
    path("dokumen/<uuid:public_id>/", documents.document, name="document"),
]
