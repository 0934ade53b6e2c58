"""The addresses of cases, clarifications, assessments and the plenary."""

from django.urls import path

from complaints.views.staff import (
    assessment,
    case,
    case_calendar,
    case_corrections,
    clarification,
    plenary,
    plenary_item,
)

patterns = [
    path("kalender/", case_calendar.calendar, name="calendar"),
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
    path("perkara/", case.queue, name="cases"),
    path("perkara/<str:public_id>/", case.case, name="case"),
    path("perkara/<str:public_id>/langkah/<str:action>/", case.step, name="case_step"),
    path("perkara/<str:public_id>/perpanjang/", case.extend, name="case_extend"),
    path("perkara/<str:public_id>/buka-kembali/", case.reopen, name="case_reopen"),
    path("perkara/<str:public_id>/umumkan/", case.announcement, name="case_announce"),
    path("perkara/<str:public_id>/koreksi/", case_corrections.correct, name="case_correct"),
    path(
        "perkara/<str:public_id>/koreksi/setujui/",
        case_corrections.confirm,
        name="case_correct_confirm",
    ),
    path(
        "perkara/<str:public_id>/koreksi/tolak/",
        case_corrections.decline,
        name="case_correct_decline",
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
