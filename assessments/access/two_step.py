"""Who signs in in two steps, and which workspaces are closed to whoever does not."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import BooleanField, Exists, Expression, ExpressionWrapper, OuterRef, Q, QuerySet

from assessments.models import User
from assessments.prepared import Given


def in_two_steps() -> QuerySet[User]:
    """Everybody with an app for codes, and everybody whose only way in is single sign-on.

    There the company's provider asks for the second step. Whoever has a password as well could come in by that alone.
    """
    app = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    elsewhere = SocialAccount.objects.filter(user=OuterRef("pk"))
    no_password = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return User.objects.filter(Q(Exists(app)) | no_password & Q(Exists(elsewhere)))


def signs_in_in_two_steps(user: User) -> bool:
    return in_two_steps().filter(pk=user.pk).exists()


def closed_to(user: User | Given, needs: str = "needs_two_step") -> Expression:
    """Whether a workspace asks for a second step that this person does not have; `needs` is the way to its column."""
    who: Any = user if isinstance(user, Given) else user.pk
    without = ~Q(Exists(in_two_steps().filter(pk=who)))
    return ExpressionWrapper(Q(**{needs: True}) & without, output_field=BooleanField())
