"""Sessions in the database, as Django keeps them; reading one is asked on every page, so its SQL is made once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from huiyin.rows import Kept

_SESSIONS = Kept(lambda key: Session.objects.filter(session_key=key), mark="no session")


class SessionStore(db.SessionStore):
    """Django's own store in every respect but how a session is read."""

    def _get_session_from_db(self) -> Session | None:
        """The session that has not expired; a key that leads nowhere is forgotten."""
        found = _SESSIONS.one(self.session_key) if self.session_key else None
        if found is not None and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None
