"""The one app: assessments of use cases."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from allauth.usersessions.models import UserSession
        from django.db.models.signals import pre_save

        from . import checks  # noqa: F401
        from .services import sign_ins

        pre_save.connect(sign_ins.keep_little, sender=UserSession)  # allauth asks nobody what it stores there
