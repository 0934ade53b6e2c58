"""The outbox: messages to send, and every attempt to send them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """The ways a message can go."""

    EMAIL = "email", _("Surel")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SMS = "sms", _("SMS")


class OutboxStatus(models.TextChoices):
    """Where a message is."""

    WAITING = "WAITING", _("Menunggu")
    SENDING = "SENDING", _("Sedang dikirim")
    SENT = "SENT", _("Terkirim")
    GAVE_UP = "GAVE_UP", _("Gagal, dihentikan")
    UNWANTED = "UNWANTED", _("Tidak dikirim: tidak ada alamat yang dikonfirmasi")


class Outbox(models.Model):
    """One message to one recipient.

    There are no foreign keys: the outbox is written inside every door of the system and must
    neither lock nor outlive the rows it speaks to. The context is emptied once it was sent.
    """

    message_key = models.UUIDField(_("kunci pesan"), default=uuid.uuid4, unique=True)
    dedupe_key = models.CharField(_("kunci ganda"), max_length=200, unique=True)
    kind = models.CharField(_("jenis"), max_length=60)
    language = models.CharField(_("bahasa"), max_length=5, default="id")
    user_id = models.BigIntegerField(_("akun"), null=True, blank=True)
    identity_id = models.BigIntegerField(_("identitas"), null=True, blank=True)
    address = models.CharField(_("alamat lembaga"), max_length=254, blank=True)
    context = models.JSONField(_("isian"), default=dict, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=OutboxStatus, default=OutboxStatus.WAITING
    )
    channel = models.CharField(_("saluran"), max_length=8, choices=Channel, blank=True)
    attempts_made = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    next_attempt_at = models.DateTimeField(_("percobaan berikutnya"))
    claim = models.UUIDField(_("klaim"), null=True, blank=True)
    claimed_until = models.DateTimeField(_("diklaim sampai"), null=True, blank=True)
    created_at = models.DateTimeField(_("dibuat"))
    sent_at = models.DateTimeField(_("terkirim"), null=True, blank=True)
    gave_up_at = models.DateTimeField(_("dihentikan"), null=True, blank=True)

    class Meta:
        verbose_name = _("pesan keluar")
        verbose_name_plural = _("pesan keluar")
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                name="outbox_to_send",
                condition=Q(status__in=["WAITING", "SENDING"]),
            ),
            models.Index(
                fields=["-gave_up_at"], name="outbox_gave_up", condition=Q(status="GAVE_UP")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="outbox_one_recipient",
                condition=(
                    Q(user_id__isnull=False, identity_id=None, address="")
                    | Q(user_id=None, identity_id__isnull=False, address="")
                    | (Q(user_id=None, identity_id=None) & ~Q(address=""))
                ),
            ),
            models.CheckConstraint(
                name="outbox_sending_with_claim",
                condition=(
                    Q(status="SENDING", claim__isnull=False, claimed_until__isnull=False)
                    | (~Q(status="SENDING") & Q(claim=None, claimed_until=None))
                ),
            ),
            models.CheckConstraint(
                name="outbox_sent_with_time",
                condition=(
                    (Q(status="SENT", sent_at__isnull=False) & ~Q(channel=""))
                    | (~Q(status="SENT") & Q(sent_at=None))
                ),
            ),
            models.CheckConstraint(
                name="outbox_gave_up_with_time",
                condition=(
                    Q(status="GAVE_UP", gave_up_at__isnull=False)
                    | (~Q(status="GAVE_UP") & Q(gave_up_at=None))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_key}"


class Attempt(models.Model):
    """One attempt to hand a message over; the outcome is a code and never names an address."""

    outbox = models.ForeignKey(
        Outbox, on_delete=models.CASCADE, related_name="attempts", verbose_name=_("pesan")
    )
    at = models.DateTimeField(_("waktu"))
    channel = models.CharField(_("saluran"), max_length=8, choices=Channel, blank=True)
    succeeded = models.BooleanField(_("berhasil"))
    outcome = models.CharField(_("hasil"), max_length=60)
    took_ms = models.PositiveIntegerField(_("lama (ms)"))

    class Meta:
        verbose_name = _("percobaan pengiriman")
        verbose_name_plural = _("percobaan pengiriman")
        indexes = [models.Index(fields=["outbox", "-at"], name="attempt_by_message")]

    def __str__(self) -> str:
        return self.outcome


class ContactPoint(models.Model):
    """Whether a person wants messages on a channel: asked by a code, confirmed, stopped.

    The address itself stays in the vault; its keyed digest says whether it is still the one that
    was confirmed. No foreign key: an erased identity leaves only this.
    """

    identity_id = models.BigIntegerField(_("identitas"))
    channel = models.CharField(_("saluran"), max_length=8, choices=Channel)
    address_digest = models.BinaryField(_("sidik alamat"), max_length=32)
    code_digest = models.BinaryField(_("sidik kode"), max_length=32, null=True)
    code_expires_at = models.DateTimeField(_("kode berlaku sampai"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("percobaan kode"), default=0)
    asked_at = models.DateTimeField(_("kode diminta"))
    confirmed_at = models.DateTimeField(_("dikonfirmasi"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("dihentikan"), null=True, blank=True)

    class Meta:
        verbose_name = _("alamat kontak")
        verbose_name_plural = _("alamat kontak")
        constraints = [
            models.UniqueConstraint("identity_id", "channel", name="contact_point_once"),
            models.CheckConstraint(
                name="contact_point_code_with_end",
                condition=Q(code_digest=None, code_expires_at=None)
                | Q(code_digest__isnull=False, code_expires_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.identity_id}"
