"""Prints a link with which somebody chooses a new password."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import filter_users_by_email, user_pk_to_url_str
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from assessments.services import audit

from ._links import address_of


class Command(BaseCommand):
    help = "Prints a link to a new password, for sites that send no mail. It works once and for three days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the e-mail address of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        found = filter_users_by_email(options["email"], is_active=True, prefer_verified=True)
        if not found:
            raise CommandError(f"There is no account with the address {options['email']}")
        user = found[0]
        key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        audit.record(audit.SITE, "make_reset_link", who="The command line", about=str(user.pk))
        self.stdout.write(address_of(reverse("account_reset_password_from_key", kwargs=key)))
