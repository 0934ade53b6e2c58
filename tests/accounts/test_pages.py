"""The doors: who gets in, who is sent where, who finds nothing."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from neutrality.accounts.adapter import SecondFactorAdapter
from neutrality.accounts.checks import no_demo_accounts, the_door_is_shut
from neutrality.accounts.http import staff_page
from neutrality.accounts.models import Relation, User
from neutrality.accounts.roles import HELD_AT, Role
from neutrality.accounts.services import set_active
from neutrality.audit.actor import NATIONAL, SYSTEM
from tests.accounts.conftest import PASSWORD
from tests.scenarios.pages import forms_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.test_pages")]


@staff_page(Role.HANDLER, Role.INTAKE)
def queue(request):
    return HttpResponse(f"{request.actor.label} {request.clock.now:%Y}")


urlpatterns = [
    path("antrean/", queue, name="queue"),
    path("", include("neutrality.urls")),
]


@pytest.fixture
def password_only(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def log_in(client, user):
    return client.post("/akun/login/", {"login": user.email, "password": PASSWORD})


def test_nobody_logged_in_is_sent_to_log_in_and_back(client):
    answer = client.get("/antrean/?dari=x")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/akun/login/?next=/antrean/%3Fdari%3Dx",
    )


def test_what_was_typed_when_the_session_had_ended_stays_on_the_page(client):
    answer = client.post("/antrean/", {"alasan": "Dua kata dan lagi", "versi": "3"})
    [form] = forms_of(answer.content.decode())
    assert (answer.status_code, form.action) == (403, "/antrean/")
    assert (form.filled["alasan"], form.filled["versi"]) == (["Dua kata dan lagi"], ["3"])
    assert 'href="/akun/login/" target="_blank"' in answer.content.decode()
    pressed = client.post("/antrean/", {"versi": "3"})
    assert (pressed.status_code, pressed["Location"]) == (302, "/akun/login/?next=/antrean/")


def test_a_fragment_sends_the_whole_page_to_log_in(client):
    answer = client.get("/antrean/", headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/akun/login/?next=/antrean/")


def test_a_stranger_finds_no_page_and_a_colleague_works(
    client, password_only, make_user, kediri, handler
):
    client.force_login(make_user("auditor@contoh.id", (Role.AUDITOR, NATIONAL)))
    assert client.get("/antrean/").status_code == 404
    client.force_login(make_user("nobody@contoh.id"))
    assert client.get("/antrean/").status_code == 404
    client.force_login(handler)
    assert client.get("/antrean/").status_code == 200


def test_staff_without_a_second_factor_are_sent_to_set_one_up(client, handler):
    client.force_login(handler)
    answer = client.get("/antrean/")
    assert answer["Location"] == "/akun/pengaman/?next=%2Fantrean%2F"
    page = client.get(answer["Location"])
    assert (page.status_code, "/akun/2fa/totp/activate/" in page.content.decode()) == (200, True)
    Authenticator.objects.create(user=handler, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get("/antrean/").status_code == 200


def test_the_way_on_from_the_set_up_stays_on_this_site(client, handler):
    client.force_login(handler)
    page = client.get("/akun/pengaman/", {"next": "https://jahat.example/"})
    assert 'href="https://jahat' not in page.content.decode()


def test_the_last_second_factor_stays(client, handler):
    factor = Authenticator.objects.create(
        user=handler, type=Authenticator.Type.WEBAUTHN, data={"name": "x"}
    )
    assert not SecondFactorAdapter().can_delete_authenticator(factor)
    Authenticator.objects.create(user=handler, type=Authenticator.Type.TOTP, data={})
    assert SecondFactorAdapter().can_delete_authenticator(factor)


def test_another_second_factor_asks_for_the_password_again_and_then_goes_on(
    client, password_only, handler
):
    client.force_login(handler)
    answer = client.get("/akun/2fa/totp/activate/")
    assert answer["Location"] == "/akun/reauthenticate/?next=%2Fakun%2F2fa%2Ftotp%2Factivate%2F"
    assert client.get(answer["Location"]).status_code == 200
    resumed = client.post(answer["Location"], {"password": PASSWORD})
    assert resumed["Location"] == "/akun/2fa/totp/activate/"
    assert client.get(resumed["Location"]).status_code == 200


def test_a_wrong_password_is_said_and_is_422(client, handler):
    answer = client.post("/akun/login/", {"login": handler.email, "password": "salah"})
    assert answer.status_code == 422
    assert "Surel atau kata sandi tidak cocok" in answer.content.decode()


def test_one_logs_in_however_the_address_is_written(client, password_only, handler):
    answer = client.post("/akun/login/", {"login": "HANDLER@Contoh.id", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/akun/mulai/")


@pytest.mark.parametrize(
    ("role", "home"),
    [
        (Role.HANDLER, "/petugas/"),
        (Role.LIAISON, "/instansi/"),
        (Role.HR_DISCIPLINE, "/kepegawaian/disiplin/"),
        (Role.HR_PLEDGES, "/kepegawaian/pakta/"),
        (Role.AUDITOR, "/petugas/audit/"),
        (Role.ADMIN, "/admin/"),
        (Role.UNIT_OPERATOR, "/kepegawaian/pakta/"),
    ],
)
def test_everybody_begins_where_the_work_is(role, home, client, password_only, make_user, places):
    at = places[min(HELD_AT[role])]
    client.force_login(make_user("a@contoh.id", (role, at)))
    assert client.get("/akun/mulai/")["Location"] == home


def test_a_closed_account_is_out_at_its_next_request(client, password_only, handler, clock):
    client.force_login(handler)
    set_active(user_id=handler.pk, active=False, actor=SYSTEM, clock=clock)
    assert client.get("/antrean/").status_code == 302


def test_demo_accounts_are_refused_outside_the_demo(client, make_user, kediri, settings):
    user = make_user("contoh@contoh.id", (Role.HANDLER, kediri.ref()), is_demo=True)
    assert log_in(client, user)["Location"] == "/akun/inactive/"
    assert client.get("/akun/inactive/").status_code == 200
    client.force_login(user)
    assert client.get("/antrean/").status_code == 302
    assert user.email not in client.get("/akun/login/").content.decode()
    assert [error.id for error in no_demo_accounts(None, ["default"])] == ["accounts.E001"]
    with pytest.raises(CommandError, match="1 demo accounts"):
        call_command("check_no_demo")


def test_the_demo_lists_its_accounts_and_lets_them_in(client, demo_on, make_user, kediri):
    user = make_user("contoh@contoh.id", (Role.HANDLER, kediri.ref()), is_demo=True)
    page = client.get("/akun/login/").content.decode()
    assert f'data-fill-email="{user.email}"' in page
    assert log_in(client, user).status_code == 302
    assert no_demo_accounts(None, ["default"]) == []


def test_an_installation_needs_the_second_factor(settings):
    assert the_door_is_shut(None) == []
    settings.SECOND_FACTOR_REQUIRED = False
    assert [error.id for error in the_door_is_shut(None)] == ["accounts.E002"]


def test_nobody_signs_up(client):
    answer = client.get("/akun/signup/")
    assert "Akun dibuat oleh administrator" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/akun/peran/",
        "/akun/hubungan/",
        "/akun/email/",
        "/akun/pengaman/",
        "/akun/2fa/",
        "/akun/2fa/webauthn/",
        "/akun/password/change/",
        "/akun/logout/",
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_account_pages_open_in_both_languages(
    address, language, client, password_only, handler
):
    client.force_login(handler)
    page = client.get(address, headers={"accept-language": language})
    assert (page.status_code, f'<html lang="{language}">' in page.content.decode()) == (200, True)


def test_the_code_for_an_authenticator_is_shown_after_the_password(client, handler):
    client.force_login(handler)
    ask = client.get("/akun/2fa/totp/activate/")["Location"]
    page = client.post(ask, {"password": PASSWORD}, follow=True)
    assert "Kunci untuk diketik" in page.content.decode()


def test_a_relation_is_found_and_declared(client, password_only, handler, unit):
    client.force_login(handler)
    wrong = client.get("/akun/hubungan/", {"kind": "family", "text": ""})
    assert (wrong.status_code, 'href="#id_text"' in wrong.content.decode()) == (422, True)
    search = "/akun/hubungan/?kind=family&text=Kelurahan"
    assert f'value="unit:{unit.pk}"' in client.get(search).content.decode()
    assert client.post(search, {"subject": "unit:0"}).status_code == 422
    assert client.post(search, {"subject": f"unit:{unit.pk}"}).status_code == 302
    assert Relation.objects.get().unit == unit


def test_the_admin_site_is_for_administrators_and_shows_no_case(
    client, password_only, handler, administrator
):
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    client.force_login(handler)
    assert client.get("/admin/").status_code == 404
    client.force_login(administrator)
    page = client.get("/admin/")
    assert page.status_code == 200
    shown = {app["app_label"] for app in page.context["app_list"]}
    assert shown <= {"accounts", "documents", "organisations", "elections", "law"}


def test_an_administrator_makes_an_account_and_grants_a_role(
    client, password_only, administrator, kediri
):
    client.force_login(administrator)
    new = {"email": "Baru@Contoh.id", "name": "Baru", "language": "id"}
    assert client.post("/admin/accounts/user/add/", new).status_code == 302
    user = User.objects.get(email="baru@contoh.id")
    grant = {"user": user.pk, "role": "handler", "office": kediri.pk, "starts_on": "2024-03-01"}
    assert client.post("/admin/accounts/rolegrant/add/", grant).status_code == 302
    again = client.post("/admin/accounts/rolegrant/add/", grant)
    own = client.post("/admin/accounts/rolegrant/add/", {**grant, "user": administrator.pk})
    assert (again.status_code, own.status_code, user.grants.count()) == (200, 200, 1)


@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_an_administrator_without_a_second_factor_sets_one_up(client, administrator):
    client.force_login(administrator)
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/akun/pengaman/")


def test_the_first_administrator_is_made_by_a_command():
    call_command("create_administrator", "Pertama@contoh.id", "Administrator contoh")
    user = User.objects.get()
    assert (user.email, user.has_usable_password(), user.grants.get().role) == (
        "pertama@contoh.id",
        False,
        "admin",
    )
    with pytest.raises(CommandError):
        call_command("create_administrator", "pertama@CONTOH.id", "Lagi")
