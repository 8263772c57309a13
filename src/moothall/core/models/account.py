"""How somebody signs in; who they are is told by `people` (residents) and `bodies` (staff)."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


class Accounts(BaseUserManager):
    """Makes accounts; Django and allauth look for these names."""

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)

    def create_user(self, email, password=None, **fields):
        """Create an account with an e-mail address; without a password it signs in by code or passkey."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to sign in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_staff_account = models.BooleanField(default=False, help_text="Signs in with password and a second factor")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = Accounts()

    def __str__(self):
        return f"account {self.pk}"

    def get_full_name(self):
        return self.name or self.email

    get_short_name = get_full_name
