"""Whoever lost phone, passkey and recovery codes alike is let in again, from the beginning."""

from typing import Final

from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from neutrality.accounts.models import User
from neutrality.accounts.refusals import AccountRefusal
from neutrality.accounts.roles import Role
from neutrality.audit.actor import Actor, ActorKind
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import Clock
from neutrality.notifications.kinds import MessageKind
from neutrality.notifications.models import Channel
from neutrality.notifications.services import Recipient, enqueue

FACTORS_TAKEN: Final = MessageKind(
    code="factors_taken", label=_("Pengaman kedua dilepas"), channels=(Channel.EMAIL,)
)


class Recognised(models.TextChoices):
    """How an administrator made sure that the owner of the account is asking."""

    IN_PERSON = "IN_PERSON", _("Bertemu langsung, dengan kartu identitas")
    VIDEO = "VIDEO", _("Panggilan video dengan orang yang dikenal")
    LETTER = "LETTER", _("Surat dari kepala kantor atau atasannya")
    CONSOLE = "CONSOLE", _("Perintah di server")


@transaction.atomic
def take_second_factors(
    *, user_id: int, recognised: Recognised, actor: Actor, clock: Clock
) -> User:
    """Take away every second factor and the password; the owner sets both anew.

    The password goes too, so that the mailbox is needed and an administrator alone gets nowhere;
    with it every session of the account ends. The owner is told by mail.

    Raises:
        AccountRefusal: The actor is no administrator, or it is the own account, or there is no
            second factor.
    """
    if actor.kind is not ActorKind.SYSTEM and not actor.holds(Role.ADMIN):
        raise AccountRefusal("no_administrator", _("Hanya administrator sistem yang dapat ini."))
    if user_id == actor.user_id:
        raise AccountRefusal("own_factor", _("Pengaman akun sendiri dilepas administrator lain."))
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    taken, _kinds = Authenticator.objects.filter(user_id=user.pk).delete()
    if not taken:
        raise AccountRefusal("no_factor", _("Akun ini tidak memiliki pengaman kedua."))
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record(
        what="second_factors_taken",
        subject=SubjectRef("user", user.pk),
        actor=actor,
        clock=clock,
        data={"recognised": recognised.value, "factors": taken},
    )
    enqueue(
        kind=FACTORS_TAKEN.code,
        recipient=Recipient(user_id=user.pk),
        clock=clock,
        dedupe_key=f"{FACTORS_TAKEN.code}:{user.pk}:{clock.now.isoformat()}",
        context={},
        language=user.language,
    )
    return user
