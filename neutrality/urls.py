"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from neutrality import operations
from neutrality.documents.views import publication, publications
from neutrality.notifications.views import stop_messages
from pledges.views.api import api as roster_api

handler400 = "neutrality.ui.errors.bad_request"
handler403 = "neutrality.ui.errors.permission_denied"
handler404 = "neutrality.ui.errors.not_found"
handler429 = "neutrality.ui.errors.too_many_requests"
handler500 = "neutrality.ui.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", operations.alive, name="alive"),
    path("readyz", operations.Ready.as_view(), name="ready"),
    path("metrics", operations.metrics, name="metrics"),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("akun/", include("neutrality.accounts.urls")),
    path("verifikasi/", include("neutrality.documents.urls")),
    path("publikasi/", publications, name="publications"),
    path("publikasi/<uuid:public_id>/", publication, name="publication"),
    path("berhenti/<str:token>/", stop_messages, name="stop_messages"),
    path("kepegawaian/pakta/", include("pledges.urls.hr")),
    path("api/v1/", include("pledges.urls.api")),
    path("api/v1/", roster_api.urls),
    path("kepegawaian/pegawai/", include("pledges.urls.roster")),
    path("kepegawaian/pakta/bersama/", include("pledges.urls.together")),
    path("pakta/instansi/", include("pledges.urls.figures")),
    path("pakta/", include("pledges.urls.public")),
    path("petugas/pakta/", include("pledges.urls.oversight")),
    path("petugas/", include("complaints.urls.staff")),
    path("instansi/", include("complaints.urls.liaison")),
    path("kepegawaian/", include("complaints.urls.hr")),
    path("", include("complaints.urls.public")),
]
if settings.CAUGHT_MAIL_DIR:
    urlpatterns.append(path("surel/", include("neutrality.mailbox")))
