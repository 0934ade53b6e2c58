"""The addresses of the pages for the liaisons of the bodies."""

from django.urls import path

from complaints.views.liaison import items

app_name = "liaison"
urlpatterns = [
    path("", items.items, name="items"),
    path("<str:public_id>/", items.item, name="item"),
    path("<str:public_id>/langkah/<str:action>/", items.item_step, name="item_step"),
    path("<str:public_id>/nomor/", items.item_number, name="item_number"),
    path("<str:public_id>/dokumen/<uuid:document_id>/", items.item_paper, name="item_paper"),
    path("<str:public_id>/paket/<str:package_id>/", items.package_archive, name="package_archive"),
    path("<str:public_id>/konfirmasi/<int:step_id>/", items.confirm, name="confirm"),
]
