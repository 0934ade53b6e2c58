"""The addresses of the pages for discipline officers and examiners."""

from django.urls import path

from complaints.views.hr import discipline

app_name = "hr"
urlpatterns = [
    path("disiplin/", discipline.items, name="items"),
    path("disiplin/<str:public_id>/", discipline.item, name="item"),
    path("disiplin/<str:public_id>/langkah/<str:action>/", discipline.item_step, name="item_step"),
    path("disiplin/<str:public_id>/nomor/", discipline.item_number, name="item_number"),
    path(
        "disiplin/<str:public_id>/dokumen/<uuid:document_id>/",
        discipline.item_paper,
        name="item_paper",
    ),
    path(
        "disiplin/<str:public_id>/paket/<str:package_id>/",
        discipline.package_archive,
        name="package_archive",
    ),
    path("disiplin/<str:public_id>/salinan/<str:copy_id>/", discipline.item_copy, name="item_copy"),
    path("disiplin/<str:public_id>/konfirmasi/<int:step_id>/", discipline.confirm, name="confirm"),
    path(
        "disiplin/<str:public_id>/konfirmasi/pemeriksaan/<int:row_id>/",
        discipline.confirm_examination,
        name="confirm_examination",
    ),
    path(
        "disiplin/<str:public_id>/konfirmasi/perkembangan/<int:row_id>/",
        discipline.confirm_news,
        name="confirm_news",
    ),
    path("disiplin/<str:public_id>/pemeriksaan/", discipline.examination, name="examination"),
    path("disiplin/<str:public_id>/pemeriksa/", discipline.examiner, name="examiner"),
    path(
        "disiplin/<str:public_id>/sanksi/<int:sanction_id>/", discipline.sanction, name="sanction"
    ),
]
