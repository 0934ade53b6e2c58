"""A passkey is registered and then used to log in, with Chromium's own virtual authenticator."""

from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator

from neutrality.accounts.roles import Role
from neutrality.accounts.services import create_user, grant_role
from neutrality.audit.actor import SYSTEM
from neutrality.law.clock import read_clock
from tests.complaints import factories as make
from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "kuda-besi-9-langit"  # noqa: S105  of the test's account
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def officer(db):
    """An intake officer who has nothing but a password; roles need a second factor."""
    clock = read_clock()
    office = make.office()
    user = create_user(
        email="penerima@contoh.id",
        name="Penerima contoh",
        password=PASSWORD,
        actor=SYSTEM,
        clock=clock,
    )
    grant_role(
        user=user,
        role=Role.INTAKE,
        at=office.ref(),
        starts_on=clock.today_in(office.tz),
        actor=SYSTEM,
        clock=clock,
    )
    return user


def test_a_passkey_is_registered_and_logs_in_without_a_password(
    browser, live_server, officer, settings
):
    settings.SECOND_FACTOR_REQUIRED = True
    with browser.new_context(viewport=PHONE, base_url=live_server.url, locale="id-ID") as context:
        page = context.new_page()
        page.set_default_timeout(30_000)
        refused: list[str] = []
        page.on("pageerror", lambda error: refused.append(str(error)))
        page.on("console", lambda line: refused.append(line.text) if line.type == "error" else None)
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

        answer = page.goto("/petugas/")
        assert "script-src" in answer.headers["content-security-policy"]
        page.fill("[name=login]", officer.email)
        page.fill("[name=password]", PASSWORD)
        page.click("main form .btn-primary")
        page.wait_for_url(lambda url: urlsplit(url).path == "/akun/pengaman/")
        page.click('main a[href$="/webauthn/add/"]')
        page.fill("[name=password]", PASSWORD)  # so grave a step asks who it is once more
        page.click("main form .btn-primary")
        page.fill("[name=name]", "Ponsel dinas")
        page.check("[name=passwordless]")
        page.click("#mfa_webauthn_add")
        page.wait_for_url(lambda url: not url.endswith("/webauthn/add/"))
        [kept] = Authenticator.objects.filter(user=officer, type="webauthn")
        assert kept.wrap().name == "Ponsel dinas"

        context.clear_cookies()
        page.goto("/petugas/")
        page.click("#passkey_login")
        page.wait_for_url(lambda url: urlsplit(url).path == "/petugas/")
        assert page.locator("main h1").inner_text() != ""
        assert refused == []
    kept.refresh_from_db()
    assert kept.last_used_at is not None
