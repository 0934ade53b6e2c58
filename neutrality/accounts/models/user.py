"""A person with an account."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The languages an account can choose."""

    INDONESIAN = "id", _("Bahasa Indonesia")
    ENGLISH = "en", _("Inggris")


class UserManager(BaseUserManager["User"]):
    """Looks users up by address, however it is written."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Lower-case the whole address: one mailbox is one account."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by e-mail address, ignoring case."""
        return self.get(email=self.normalize_email(username))

    def create_user(
        self,
        email: str,
        password: str | None = None,
        *,
        name: str = "",
        language: str = Language.INDONESIAN,
        is_demo: bool = False,
    ) -> "User":
        """Make an account without any role; no password means that none can be used."""
        user = self.model(
            email=self.normalize_email(email), name=name, language=language, is_demo=is_demo
        )
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account.

    What the person may do is said by role grants alone; there are no groups, no permissions
    and no superusers.
    """

    email = models.EmailField(_("surel"), unique=True, max_length=254)
    name = models.CharField(_("nama"), max_length=150)
    language = models.CharField(
        _("bahasa"), max_length=5, choices=Language.choices, default=Language.INDONESIAN
    )
    is_active = models.BooleanField(_("aktif"), default=True)
    is_demo = models.BooleanField(
        _("akun contoh"), default=False, help_text=_("Hanya dapat masuk di lingkungan demo.")
    )
    created_at = models.DateTimeField(_("dibuat"), db_default=Now())

    # Which tables the admin site may show in this request; its door fills it, nothing stores it.
    open_apps: frozenset[str] = frozenset()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                name="user_email_is_lower_case", condition=models.Q(email=Lower("email"))
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Whether the admin site has let this user in, in this request."""
        return bool(self.open_apps)

    def has_perm(self, perm: str, obj: object = None) -> bool:  # noqa: ARG002  Django's signature
        """Whether the admin site may show a table of this application."""
        return perm.partition(".")[0] in self.open_apps

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the admin site may show this application."""
        return app_label in self.open_apps
