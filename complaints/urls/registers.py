"""The addresses of the registers of an office."""

from django.urls import path

from complaints.views.staff import letters, numbers, outages, registers

patterns = [
    path("register/", registers.registers, name="registers"),
    path("register/informasi/", registers.information_requests, name="information_requests"),
    path("register/informasi/baru/", registers.information_new, name="information_new"),
    path(
        "register/informasi/<str:public_id>/",
        registers.information_request,
        name="information_request",
    ),
    path(
        "register/informasi/<str:public_id>/pemohon/",
        registers.information_requester,
        name="information_requester",
    ),
    path("register/tugas/", registers.outside_tasks, name="outside_tasks"),
    path("register/tugas/baru/", registers.outside_task_new, name="outside_task_new"),
    path("register/tugas/<str:public_id>/", registers.outside_task, name="outside_task"),
    path(
        "register/tugas/<str:public_id>/telusuri/",
        registers.outside_task_trace,
        name="outside_task_trace",
    ),
    path(
        "register/tugas/<str:public_id>/hubungkan/",
        registers.outside_task_tie,
        name="outside_task_tie",
    ),
    path("register/nomor/", numbers.numbers, name="numbers"),
    path("register/nomor/cadangan/", numbers.reserve, name="numbers_reserve"),
    path("register/nomor/<int:number_id>/batal/", numbers.void, name="number_void"),
    path("register/gangguan/", outages.outages, name="outages"),
    path("register/gangguan/baru/", outages.new, name="outage_new"),
    path("register/gangguan/<int:outage_id>/pulih/", outages.end, name="outage_end"),
    path("laporan/<str:public_id>/gangguan/", outages.excuse, name="report_excuse"),
    path(
        "laporan/<str:public_id>/gangguan/<int:excuse_id>/tarik/",
        outages.withdraw,
        name="report_excuse_withdraw",
    ),
    path("register/surat/", letters.letters, name="letters"),
    path("register/surat/baru/", letters.new, name="letter_new"),
    path("register/surat/<str:public_id>/", letters.letter, name="letter"),
    path("register/surat/<str:public_id>/terbit/", letters.issue, name="letter_issue"),
    path("register/surat/<str:public_id>/buang/", letters.drop, name="letter_drop"),
    path("register/surat/<str:public_id>/ganti/", letters.replace, name="letter_replace"),
]
