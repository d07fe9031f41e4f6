"""What is stored: assessments, their answers, and links to them."""

from .answer import StoredAnswer
from .assessment import Assessment
from .share_link import ShareLink
from .user import User

__all__ = ["Assessment", "ShareLink", "StoredAnswer", "User"]
