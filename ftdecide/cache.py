"""The cache that limits are counted in: what stands there goes when its time is over, never to make room.

Django's own drops rows by number once there are 300, and with them the counts of whoever is locked out.
"""

from datetime import datetime
from typing import Any

from django.core.cache.backends.db import DatabaseCache


class TimedCache(DatabaseCache):
    """Where there are more than `MAX_ENTRIES` rows, each one that is stored takes away those whose time is over."""

    def _cull(self, db: str, cursor: Any, now: datetime, num: int) -> None:
        super()._cull(db, cursor, now, num=0)  # type: ignore[misc] # with none left over, none is dropped by number
