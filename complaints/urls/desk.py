"""The addresses of the desk: sharing work and the duty roster."""

from django.urls import path

from complaints.views.staff import delegations, desk, saved_views

patterns = [
    path("bagi/", desk.desk, name="desk"),
    path("bagi/<str:public_id>/urungkan/", desk.undo, name="desk_undo"),
    path("bagi/<str:public_id>/tahan/", desk.hold_back, name="desk_hold_back"),
    path("tampilan/", saved_views.saved_views, name="saved_views"),
    path("tampilan/<str:public_id>/hapus/", saved_views.delete, name="saved_view_delete"),
    path("tampilan/<str:public_id>/kabar/", saved_views.alert, name="saved_view_alert"),
    path("piket/", desk.duty, name="duty"),
    path("delegasi/", delegations.delegations, name="delegations"),
    path("delegasi/<str:public_id>/", delegations.delegation, name="delegation"),
    path("informasi/<str:public_id>/delegasi/", delegations.delegate, name="tip_delegate"),
    path(
        "informasi/<str:public_id>/delegasi/<int:handling_id>/akhiri/",
        delegations.end,
        name="tip_delegation_end",
    ),
    path("piket/<int:shift_id>/hapus/", desk.duty_remove, name="duty_remove"),
]
