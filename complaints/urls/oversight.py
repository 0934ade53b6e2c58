"""The addresses of the auditor and the supervisor."""

from django.urls import path

from complaints.views.staff import audit, dashboard, export, oversight, pause

patterns = [
    path("dasbor/", dashboard.dashboard, name="dashboard"),
    path("dasbor/daftar/", dashboard.figure, name="dashboard_list"),
    path("alarm/", dashboard.alarms, name="alarms"),
    path("ekspor/", export.export, name="export"),
    path("audit/", audit.home, name="audit"),
    path("audit/objek/<slug:kind>/<int:subject_id>/", audit.history, name="audit_history"),
    path("audit/objek/<slug:kind>/<int:subject_id>/akses/", audit.reads, name="audit_reads"),
    path("audit/orang/<int:user_id>/", audit.acts, name="audit_acts"),
    path("audit/akses/", audit.access_log, name="audit_access"),
    path("audit/pembukaan/", audit.opened, name="audit_openings"),
    path("audit/segel/", audit.seals, name="audit_seals"),
    path("audit/segel/buktikan/", audit.verify, name="audit_verify"),
    path("audit/baris/<slug:stream>/<int:row_id>/", audit.proof, name="audit_proof"),
    path(
        "audit/baris/<slug:stream>/<int:row_id>/bukti.json",
        audit.proof_file,
        name="audit_proof_file",
    ),
    path("kantor/", oversight.offices, name="offices"),
    path("kantor/<uuid:public_id>/", oversight.office, name="office"),
    path("kantor/<uuid:public_id>/hubungan/", oversight.declare, name="office_declare"),
    path(
        "kantor/<uuid:public_id>/hubungan/<int:relation_id>/akhiri/",
        oversight.end,
        name="office_end_relation",
    ),
    path("kantor/<uuid:public_id>/daring/", pause.switch, name="office_pause"),
    path(
        "kantor/<uuid:public_id>/tenggat/<int:clock_id>/",
        oversight.move,
        name="office_move_clock",
    ),
]
