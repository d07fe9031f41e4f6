"""What the roles in a workspace are called."""

from django import template

from assessments.models import Role

register = template.Library()


@register.filter
def role_name(role: str) -> str:
    """
    >>> role_name("owner")
    'Owner'
    """
    return Role(role).words
