"""The one app: assessments of use cases."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from . import checks  # noqa: F401
