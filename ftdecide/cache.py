"""The cache that limits are counted in, and the names under which kept results stand.

What stands in the first goes when its time is over, never to make room: Django's own drops rows by number once there
are 300, and with them the counts of whoever is locked out.
"""

import hashlib
from datetime import datetime
from typing import Any

from django.core.cache.backends.db import DatabaseCache


class TimedCache(DatabaseCache):
    """Where there are more than `MAX_ENTRIES` rows, each one that is stored takes away those whose time is over."""

    def _cull(self, db: str, cursor: Any, now: datetime, num: int) -> None:
        super()._cull(db, cursor, now, num=0)  # type: ignore[misc] # with none left over, none is dropped by number


def hashed(key: str, _prefix: str, _version: int) -> str:
    """For caches whose keys are long: each says all that what is kept depends on, a link's token included."""
    return hashlib.sha256(key.encode()).hexdigest()
