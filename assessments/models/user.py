"""The account of a person: who they are to others is a name and an e-mail address."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.prepared import Prepared, given_id

FORMER = gettext_noop("A former member")
"""What stands in the place of a name once an account is gone."""


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save()
        return user

    def get(self, *args: Any, **given: Any) -> "User":
        """By the primary key, as Django asks for whoever is signed in before nearly every page, in SQL written once.

        What is related to something, whose managers are made of this one, is looked up there alone.
        """
        if type(self) is not UserManager or args or given.keys() != {"pk"}:
            return super().get(*args, **given)
        found = _BY_KEY.first(user=given["pk"])
        if found is None:
            raise self.model.DoesNotExist
        return found


class User(AbstractBaseUser):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=2, blank=True, default="")
    """In which mail is written to this person; empty while none was chosen."""
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True)
    """When the person asked for the account to go. Until it does, signing in brings it back."""

    objects = UserManager()

    USERNAME_FIELD = "email"

    through = ""
    """The name of the token with which a program acts as this person, for as long as it does; not stored."""

    def __str__(self) -> str:
        if self.name == FORMER and not self.is_active:
            return _(FORMER)
        return self.name or self.email


_BY_KEY: Prepared[User] = Prepared(lambda: User.objects.filter(pk=given_id("user", User)))


def by_words(who: str, through: str) -> str:
    """Who did something, and through which token.

    >>> by_words("Ann", ""), by_words("Ann", "pipeline")
    ('Ann', 'Ann, through the token “pipeline”')
    """
    return _("{who}, through the token “{token}”").format(who=who, token=through) if who and through else who
