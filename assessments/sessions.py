"""Sessions as Django keeps them in the database, looked up by a question whose SQL is written once."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import DateTimeField
from django.utils import timezone

from .prepared import Given, Prepared, given_id


class SessionStore(DatabaseSessions):
    def _get_session_from_db(self) -> Session | None:
        """Django's own question, which it asks before nearly every page."""
        found = _CURRENT.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found


_CURRENT: Prepared[Session] = Prepared(
    lambda: Session.objects.filter(pk=given_id("key", Session), expire_date__gt=Given("now", DateTimeField()))
)
