"""Where somebody is signed in: their own sign-ins and nobody else's."""

from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.http import HttpRequest

from .refusal import found
from .who import person


def own_sign_ins(request: HttpRequest) -> QuerySet[UserSession]:
    """Every browser in which whoever asks has signed in, ended ones too."""
    user = person(request)
    every: QuerySet[UserSession] = UserSession.objects.all()
    return every.filter(user=user) if user else every.none()


def own_sign_in(request: HttpRequest, sign_in_id: int) -> UserSession:
    return found(own_sign_ins(request).filter(pk=sign_in_id).first())
