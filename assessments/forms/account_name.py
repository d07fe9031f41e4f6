"""What signing up asks beside e-mail and password. In a room of its own: allauth's forms are made from it."""

from django import forms
from django.http import HttpRequest

from assessments.models import User

from .plain import Text


class OurName(forms.Form):
    name = Text(max_length=100)
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
