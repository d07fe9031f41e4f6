"""One's own e-mail addresses, as allauth manages them."""

from allauth.account.views import EmailView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from assessments.models import User


class OwnEmail(EmailView):
    def _action_primary(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse | None:
        """The main address is also the one of the account, which no other account may have."""
        address = self._get_email_address(request)
        if address and User.objects.filter(email__iexact=address.email).exclude(pk=address.user_id).exists():
            messages.error(request, _("{address} cannot be your main address").format(address=address.email))
            return HttpResponseRedirect(self.get_success_url())
        found: HttpResponse | None = super()._action_primary(request, *args, **kwargs)
        return found


own_email = OwnEmail.as_view()
