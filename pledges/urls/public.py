"""The addresses of those who sign; the token is the personal link, or `saya` after a check."""

from django.urls import path

from pledges.views.public import attending, certified, desk, signing, together

app_name = "pledges_public"

urlpatterns = [
    path("", together.index, name="index"),
    path("cetak/", together.printed, name="printed"),
    path("cetak/<str:code>/", together.printed, name="printed_code"),
    path("qr/<str:token>/", together.wall, name="wall"),
    path("qr/<str:token>/kode/", together.wall_code, name="wall_code"),
    path("hadir/<str:token>/", attending.attend, name="attend"),
    path("layar/", desk.desk, name="desk"),
    path("layar/kartu/", desk.card, name="desk_card"),
    path("layar/naskah/", desk.sign, name="desk_sign"),
    path("layar/selesai/", desk.done, name="desk_done"),
    path("layar/tutup/", desk.close, name="desk_close"),
    path("<str:token>/", signing.start, name="start"),
    path("<str:token>/kode/", signing.enter_code, name="code"),
    path("<str:token>/naskah/", signing.sign, name="sign"),
    path("<str:token>/menolak/", signing.refuse, name="refuse"),
    path("<str:token>/tte/", certified.certified, name="tte"),
    path("<str:token>/tte/lembar/", certified.sheet, name="tte_sheet"),
    path("<str:token>/selesai/", signing.done, name="done"),
    path("<str:token>/sertifikat/", signing.certificate, name="certificate"),
    path("<str:token>/keluar/", signing.leave, name="leave"),
]
