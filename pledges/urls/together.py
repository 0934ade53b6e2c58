"""The addresses of signing together: readiness, paper, tablets, scans, ceremonies, archives."""

from django.urls import path

from pledges.views.hr import (
    archives,
    changing,
    contacts,
    event_changes,
    events,
    scans,
    together,
    verifying,
)

app_name = "pledges_together"
PLACE = "<uuid:public_id>"

urlpatterns = [
    path("verifikasi/", verifying.to_verify, name="to_verify"),
    path(f"verifikasi/{PLACE}/", verifying.verify, name="verify"),
    path(f"verifikasi/{PLACE}/lembar/", verifying.sheet, name="sheet"),
    path("alamat/", contacts.contact_changes, name="contact_changes"),
    path("alamat/<int:change_id>/putus/", contacts.decide_change, name="decide_change"),
    path(f"orang/{PLACE}/alamat/", contacts.change_contact, name="change_contact"),
    path("acara/", events.events, name="events"),
    path("acara/rencana/<str:agency>/", events.plan, name="plan"),
    path(f"acara/{PLACE}/", events.event, name="event"),
    path(f"acara/{PLACE}/ubah/", event_changes.change, name="event_change"),
    path(
        f"acara/{PLACE}/keluarkan/<str:what>/<int:key>/",
        event_changes.remove,
        name="event_remove",
    ),
    path(f"acara/{PLACE}/pelaksana/", events.part, name="event_part"),
    path(f"acara/{PLACE}/hadir/", events.attendance, name="event_attendance"),
    path(f"acara/{PLACE}/poster/", events.poster, name="event_poster"),
    path(f"acara/{PLACE}/foto/", events.photo, name="event_photo"),
    path(f"acara/{PLACE}/foto/<uuid:photo_id>/", events.photo_file, name="event_photo_file"),
    path(f"acara/{PLACE}/berita-acara/", events.minutes, name="event_minutes"),
    path(f"acara/{PLACE}/berita-acara/buat/", events.write, name="event_write"),
    path(f"acara/{PLACE}/berita-acara/unggah/", events.signed_minutes, name="event_signed"),
    path(f"pindaian/{PLACE}/", scans.scan_page, name="scan"),
    path(f"pindaian/{PLACE}/sahkan/", scans.confirm, name="scan_confirm"),
    path(f"pindaian/{PLACE}/<int:number>/", scans.page, name="scan_one"),
    path(f"pindaian/{PLACE}/<int:number>/gambar/", scans.picture, name="scan_picture"),
    path(f"{PLACE}/", together.together, name="together"),
    path(f"{PLACE}/tanpa-alamat/", together.without_contact, name="without_contact"),
    path(f"{PLACE}/cetak/<str:what>/", together.print_paper, name="print"),
    path(f"{PLACE}/poster/", together.poster, name="poster"),
    path(f"{PLACE}/poster/<int:wall_id>/turunkan/", together.take_down, name="take_down"),
    path(f"{PLACE}/layar/", together.open_tablet, name="open_tablet"),
    path(f"{PLACE}/layar/<uuid:kiosk_id>/tutup/", together.close_tablet, name="close_tablet"),
    path(f"{PLACE}/pindaian/", scans.scan_list, name="scans"),
    path(f"{PLACE}/perpanjang/", changing.extend, name="extend"),
    path(f"{PLACE}/naskah/", changing.text, name="text"),
    path(f"{PLACE}/edaran/", changing.circular, name="circular"),
    path(
        f"{PLACE}/edaran/<uuid:circular_id>/tarik/",
        changing.withdraw_circular,
        name="withdraw_circular",
    ),
    path(f"{PLACE}/aturan/", changing.grounds, name="grounds"),
    path(f"{PLACE}/surat/", archives.archives, name="archives"),
    path(f"{PLACE}/surat/minta/", archives.ask, name="archive_ask"),
    path(f"{PLACE}/surat/<uuid:archive_id>/", archives.download, name="archive"),
]
