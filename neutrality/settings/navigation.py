"""The menu of the staff pages: one row per entry, shown to the roles it names.

The first entry of a role is where its people begin after logging in.
"""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from neutrality.ui.navigation import NavigationItem

# The values of `accounts.roles.Role`; settings are read before any model can be.
OFFICE = frozenset({"intake", "handler", "commissioner", "supervisor"})
SUPERVISOR = frozenset({"supervisor"})
FIGURES = frozenset({"supervisor", "commissioner", "auditor"})
AUDIT = frozenset({"auditor", "supervisor"})
LIAISON = frozenset({"liaison"})
DISCIPLINE = frozenset({"hr_discipline", "examiner"})
PLEDGES = frozenset({"hr_pledges"})
PLEDGE_OPERATORS = frozenset({"hr_pledges", "unit_operator"})
PLEDGE_WATCHERS = frozenset({"hr_pledges", "agency_head", "unit_operator"})
PLEDGE_SUPERVISORS = frozenset({"supervisor", "auditor", "liaison"})
PUBLISHERS = frozenset({"supervisor", "hr_pledges", "hr_discipline"})
ADMIN = frozenset({"admin"})
RUNNERS = frozenset({"admin", "auditor", "supervisor"})

# What Indonesian says with one word has a plural in English: "daftar" names a list of them.

# Pages about one file that stand under addresses of their own.
PARTS_OF_FILES = (
    "/petugas/berkas/",
    "/petugas/bukti/",
    "/petugas/salinan/",
    "/petugas/klarifikasi/",
)

STAFF_NAVIGATION: tuple[NavigationItem, ...] = (
    NavigationItem(_("Beranda"), "staff:inbox", "inbox", OFFICE),
    NavigationItem(pgettext_lazy("daftar", "Laporan"), "staff:reports", "document", OFFICE),
    NavigationItem(_("Informasi awal"), "staff:tips", "chat", OFFICE),
    NavigationItem(_("Perkara"), "staff:cases", "folder", OFFICE, also=PARTS_OF_FILES),
    NavigationItem(pgettext_lazy("daftar", "Pleno"), "staff:meetings", "gavel", OFFICE),
    NavigationItem(pgettext_lazy("daftar", "Penerusan"), "staff:items", "send", OFFICE),
    NavigationItem(_("Kalender"), "staff:calendar", "calendar", OFFICE),
    NavigationItem(pgettext_lazy("daftar", "Register"), "staff:registers", "copy", OFFICE),
    NavigationItem(_("Data pribadi"), "staff:data_requests", "lock", OFFICE),
    NavigationItem(pgettext_lazy("daftar", "Kantor"), "staff:offices", "building", SUPERVISOR),
    NavigationItem(_("Penerusan masuk"), "liaison:items", "inbox", LIAISON),
    NavigationItem(_("Disiplin"), "hr:items", "gavel", DISCIPLINE),
    NavigationItem(
        pgettext_lazy("daftar", "Pakta integritas"), "pledges_hr:rounds", "shield", PLEDGE_WATCHERS
    ),
    NavigationItem(_("Data pegawai"), "roster:history", "people", PLEDGES),
    NavigationItem(_("Pengecualian"), "pledges_hr:exemptions", "pause", PLEDGES),
    NavigationItem(_("Verifikasi"), "pledges_together:to_verify", "check", PLEDGE_OPERATORS),
    NavigationItem(_("Acara"), "pledges_together:events", "calendar", PLEDGES),
    NavigationItem(_("Audit"), "staff:audit", "eye", AUDIT),
    NavigationItem(
        _("Pakta menurut instansi"), "pledges_oversight:agencies", "shield", PLEDGE_SUPERVISORS
    ),
    NavigationItem(_("Penerbitan"), "staff:publications", "document", PUBLISHERS),
    NavigationItem(_("Dasbor"), "staff:dashboard", "chart", FIGURES, ("/petugas/ekspor/",)),
    NavigationItem(_("Administrasi"), "admin:index", "gear", ADMIN),
    NavigationItem(_("Alarm"), "staff:alarms", "bell", RUNNERS),
)
# Only where mails are caught instead of sent.
CAUGHT_MAIL = NavigationItem(_("Surel keluar"), "mails", "bell")
