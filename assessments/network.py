"""Where a visitor comes from, as coarse as a limit needs it."""

from ipaddress import ip_network

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """The visitor's network: 256 neighbours of an IPv4 address, a household's or an office's IPv6 addresses.

    Whoever cannot be told apart counts as one network.
    """
    try:
        address = get_adapter().get_client_ip(request)
        return str(ip_network(f"{address}/{64 if ':' in address else 24}", strict=False))
    except (ImproperlyConfigured, PermissionDenied, ValueError):
        return "unknown"
