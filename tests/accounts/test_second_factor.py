"""Second factors as people use them: their seeds lie sealed, and move with the vault's keys."""

import io

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import CommandError, call_command

from neutrality.accounts.actors import actor_of
from neutrality.accounts.lost_factor import Recognised, take_second_factors
from neutrality.accounts.refusals import AccountRefusal
from neutrality.accounts.sealed_factors import open_seed
from neutrality.audit.models import AuditRow
from neutrality.notifications.models import Outbox
from neutrality.vault.sealing import SealBroken
from tests.accounts.conftest import DAY, PASSWORD

pytestmark = pytest.mark.django_db
NEW = "new:bmV3LWtleS1uZXcta2V5LW5ldy1rZXktMTIzNDU2Nzg="


def codes_now(secret):
    return [format_hotp_value(hotp_value(secret, n)) for n in yield_hotp_counters_from_time()]


def stored(user, kind):
    return Authenticator.objects.get(user=user, type=kind)


@pytest.fixture
def with_totp(client, handler):
    """A handler who has set up an authenticator through the pages; gives its secret."""
    EmailAddress.objects.update_or_create(
        user=handler, email=handler.email, defaults={"verified": True, "primary": True}
    )
    client.post("/akun/login/", {"login": handler.email, "password": PASSWORD})
    ask = client.get("/akun/2fa/totp/activate/")["Location"]
    page = client.post(ask, {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    done = client.post("/akun/2fa/totp/activate/", {"code": codes_now(secret)[1]})
    assert done.status_code == 302
    client.post("/akun/logout/")
    return secret


def test_one_logs_in_with_password_and_code_and_the_seed_is_nowhere_in_clear(
    client, handler, with_totp
):
    kept = stored(handler, Authenticator.Type.TOTP).data["secret"]
    assert (kept.startswith("1.t1."), with_totp in kept, open_seed(kept)) == (
        True,
        False,
        with_totp,
    )

    asked = client.post("/akun/login/", {"login": handler.email, "password": PASSWORD})
    assert asked["Location"] == "/akun/2fa/authenticate/"
    assert client.get("/akun/peran/").status_code == 302
    wrong = client.post("/akun/2fa/authenticate/", {"code": "000000"})
    assert (wrong.status_code, client.get("/akun/peran/").status_code) == (422, 302)
    right = client.post("/akun/2fa/authenticate/", {"code": codes_now(with_totp)[2]})
    assert (right.status_code, client.get("/akun/peran/").status_code) == (302, 200)


def test_a_recovery_code_lets_in_once(client, handler, with_totp):
    codes = RecoveryCodes(stored(handler, Authenticator.Type.RECOVERY_CODES))
    assert codes.instance.data["seed"].startswith("1.t1.")
    code = codes.get_unused_codes()[0]

    for outcome in (302, 422):
        client.post("/akun/login/", {"login": handler.email, "password": PASSWORD})
        assert client.post("/akun/2fa/authenticate/", {"code": code}).status_code == outcome
        client.post("/akun/logout/")


def test_seeds_move_with_the_master_key(client, handler, with_totp, settings):
    old = settings.VAULT_KEYS
    settings.VAULT_KEYS = f"{NEW},{old}"
    out = io.StringIO()
    call_command("rotate_keys", "--batch-size", "1", stdout=out)
    assert out.getvalue().splitlines() == [
        "1 rows moved",
        "2 rows moved",
        "Every row is under the key new.",
    ]

    settings.VAULT_KEYS = NEW
    assert open_seed(stored(handler, Authenticator.Type.TOTP).data["secret"]) == with_totp
    client.post("/akun/login/", {"login": handler.email, "password": PASSWORD})
    answer = client.post("/akun/2fa/authenticate/", {"code": codes_now(with_totp)[2]})
    assert answer.status_code == 302


@pytest.mark.parametrize("text", ["", "JBSWY3DPEHPK3PXP", "1.t1.", "1.t1.***", "2.t1.AAAA"])
def test_what_is_not_sealed_does_not_open(text):
    with pytest.raises(SealBroken):
        open_seed(text)


def take(user, actor, clock):
    return take_second_factors(
        user_id=user.pk, recognised=Recognised.IN_PERSON, actor=actor, clock=clock
    )


def test_who_lost_everything_begins_anew_with_the_mailbox(
    client, handler, administrator, with_totp, clock
):
    client.post("/akun/login/", {"login": handler.email, "password": PASSWORD})
    client.post("/akun/2fa/authenticate/", {"code": codes_now(with_totp)[2]})
    assert client.get("/akun/peran/").status_code == 200

    take(handler, actor_of(user=administrator, day=DAY), clock)

    assert client.get("/akun/peran/").status_code == 302  # every session has ended
    client.post("/akun/login/", {"login": handler.email, "password": PASSWORD})
    assert client.get("/akun/peran/").status_code == 302  # the mailbox is needed
    assert not Authenticator.objects.filter(user=handler).exists()
    row = AuditRow.objects.get(what="second_factors_taken")
    assert (row.subject_id, row.user_id, row.data["recognised"], row.data["factors"]) == (
        handler.pk,
        administrator.pk,
        "IN_PERSON",
        2,
    )
    letter = Outbox.objects.get(kind="factors_taken")
    assert (letter.user_id, letter.context) == (handler.pk, {})


def test_the_administrator_is_asked_how_the_owner_was_recognised_and_once_more(
    client, handler, administrator, with_totp, settings
):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(administrator)
    page = f"/admin/accounts/user/{handler.pk}/pengaman/"
    assert page in client.get(f"/admin/accounts/user/{handler.pk}/change/").content.decode()
    unsaid = client.post(page, {})
    by_console = client.post(page, {"recognised": "CONSOLE"})
    assert (unsaid.status_code, by_console.status_code) == (422, 422)
    asked = client.post(page, {"recognised": "VIDEO"})
    said = asked.content.decode()
    assert ("semua perangkatnya keluar" in said, handler.email in said) == (True, True)
    assert Authenticator.objects.filter(user=handler).exists()

    done = client.post(page, {"recognised": "VIDEO", "dikonfirmasi": "ya"}, follow=True)
    assert "pemilik akun diberi tahu lewat surel" in done.content.decode()
    assert not Authenticator.objects.filter(user=handler).exists()
    again = client.post(page, {"recognised": "VIDEO", "dikonfirmasi": "ya"})
    assert (again.status_code, "tidak memiliki pengaman kedua" in again.content.decode()) == (
        422,
        True,
    )
    assert client.get("/admin/accounts/user/0/pengaman/").status_code == 404


def test_nobody_takes_the_own_factor_nor_one_that_is_not_there(
    client, handler, administrator, with_totp, clock
):
    theirs = actor_of(user=handler, day=DAY)
    boss = actor_of(user=administrator, day=DAY)
    for user, actor, code in (
        (handler, theirs, "no_administrator"),
        (administrator, boss, "own_factor"),
    ):
        with pytest.raises(AccountRefusal, match=code):
            take(user, actor, clock)
    assert Authenticator.objects.filter(user=handler).count() == 2
    take(handler, boss, clock)
    with pytest.raises(AccountRefusal, match="no_factor"):
        take(handler, boss, clock)


def test_the_command_takes_the_factors_of_the_only_administrator(handler, with_totp):
    out = io.StringIO()
    call_command("take_second_factors", handler.email.upper(), stdout=out)
    assert out.getvalue() == f"{handler.email} may set a password at /akun/password/reset/.\n"
    assert not Authenticator.objects.filter(user=handler).exists()
    with pytest.raises(CommandError, match="No account has the address"):
        call_command("take_second_factors", "siapa@contoh.id")
    with pytest.raises(CommandError, match="tidak memiliki pengaman kedua"):
        call_command("take_second_factors", handler.email)
