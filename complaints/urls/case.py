"""The addresses of cases, clarifications, assessments and the plenary."""

from django.urls import path

from complaints.views.staff import (
    assessment,
    case,
    case_calendar,
    case_parts,
    clarification,
    corrections,
    former_files,
    joining,
    plenary,
    plenary_item,
    queue,
)

CORRECTION_PAGES = (("", ""), ("setujui/", "_confirm"), ("tolak/", "_decline"))
CORRECTED = (
    (
        "perkara",
        "case",
        (corrections.case_correct, corrections.case_confirm, corrections.case_decline),
    ),
    (
        "laporan",
        "report",
        (corrections.report_correct, corrections.report_confirm, corrections.report_decline),
    ),
    (
        "informasi",
        "tip",
        (corrections.tip_correct, corrections.tip_confirm, corrections.tip_decline),
    ),
    (
        "penerusan",
        "item",
        (corrections.item_correct, corrections.item_confirm, corrections.item_decline),
    ),
)

patterns = [
    path("kalender/", case_calendar.calendar, name="calendar"),
    path("kalender/alamat/", case_calendar.new_feed, name="calendar_feed"),
    path("kalender/alamat/akhiri/", case_calendar.end_feed, name="calendar_feed_end"),
    path("kalender/<str:token>.ics", case_calendar.feed, name="calendar_file"),
    path("pleno/", plenary.meetings, name="meetings"),
    path("pleno/rencana/", plenary.plan, name="meeting_plan"),
    path("pleno/butir/<str:public_id>/", plenary_item.agenda_item, name="agenda_item"),
    path("pleno/butir/<str:public_id>/mundur/", plenary_item.stand_aside, name="agenda_recuse"),
    path("pleno/butir/<str:public_id>/suara/", plenary_item.votes, name="agenda_votes"),
    path("pleno/butir/<str:public_id>/putuskan/", plenary_item.decide, name="agenda_decide"),
    path(
        "pleno/butir/<str:public_id>/koordinasi/",
        plenary_item.coordinate,
        name="agenda_coordinate",
    ),
    path("pleno/butir/<str:public_id>/hasil/", plenary_item.results, name="agenda_results"),
    path("pleno/<str:public_id>/", plenary.meeting, name="meeting"),
    path("pleno/<str:public_id>/acara/", plenary.take, name="meeting_take"),
    path("pleno/<str:public_id>/buka/", plenary.open_, name="meeting_open"),
    path("pleno/<str:public_id>/kuorum/", plenary.quorum, name="meeting_quorum"),
    path("pleno/<str:public_id>/batal/", plenary.cancel, name="meeting_cancel"),
    path("pleno/<str:public_id>/tutup/", plenary.close, name="meeting_close"),
    path("perkara/", queue.cases, name="cases"),
    path("perkara/pindah/", former_files.files, name="former_files"),
    path("perkara/pindah/<str:public_id>/", former_files.file, name="former_file"),
    path("perkara/<str:public_id>/", case.case, name="case"),
    path("perkara/<str:public_id>/seluruhnya/", case.whole, name="case_whole"),
    path("perkara/<str:public_id>/bagian/<slug:slug>/", case_parts.part, name="case_part"),
    path("perkara/<str:public_id>/langkah/<str:action>/", case.step, name="case_step"),
    path("perkara/<str:public_id>/gabung/", joining.candidates, name="case_candidates"),
    path("perkara/<str:public_id>/gabung/<str:other>/", joining.join, name="case_join"),
    path("perkara/<str:public_id>/pisah/<str:joined>/", joining.split, name="case_split"),
    path("perkara/<str:public_id>/perpanjang/", case.extend, name="case_extend"),
    path("perkara/<str:public_id>/buka-kembali/", case.reopen, name="case_reopen"),
    path("perkara/<str:public_id>/ambil-alih/", case.take_over, name="case_take_over"),
    path("perkara/<str:public_id>/umumkan/", case.announcement, name="case_announce"),
    *(
        path(f"{place}/<str:public_id>/koreksi/{tail}", view, name=f"{kind}_correct{name}")
        for place, kind, views in CORRECTED
        for (tail, name), view in zip(CORRECTION_PAGES, views, strict=True)
    ),
    path("perkara/<str:public_id>/klarifikasi/", clarification.plan, name="session_plan"),
    path("perkara/<str:public_id>/kajian/", assessment.write, name="assessment"),
    path(
        "perkara/<str:public_id>/kajian/<int:number>/",
        assessment.version,
        name="assessment_version",
    ),
    path(
        "perkara/<str:public_id>/kajian/<int:number>/setujui/",
        assessment.approve,
        name="assessment_approve",
    ),
    path("klarifikasi/<str:public_id>/", clarification.session, name="session"),
    path("klarifikasi/<str:public_id>/undangan/", clarification.deliver, name="session_deliver"),
    path("klarifikasi/<str:public_id>/hadir/", clarification.hold, name="session_hold"),
    path("klarifikasi/<str:public_id>/absen/", clarification.absent, name="session_absent"),
    path("klarifikasi/<str:public_id>/batal/", clarification.cancel, name="session_cancel"),
    path(
        "klarifikasi/<str:public_id>/berita-acara/",
        clarification.minutes,
        name="session_minutes",
    ),
    path("klarifikasi/<str:public_id>/konfirmasi/", clarification.confirm, name="session_confirm"),
]
