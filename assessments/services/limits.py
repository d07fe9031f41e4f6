"""How often something may be tried, counted for all processes and machines together.

What is asked for in earnest is bounded in `assessments/limiting.py`. Signing in, signing up and second steps have
limits of allauth's, which counts them in the cache.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from threading import Lock

from django.db.models import CharField, Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from assessments.models import Tries
from assessments.prepared import Given, Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many tries within a time. Where each one renews it, no stretch of that length has more: for secrets."""

    name: str
    most: int
    within: timedelta
    each_renews: bool = False
    at_a_time: int = 1
    """So many a process takes at once, to give them out without asking the database for each."""

    @property
    def minutes(self) -> int:
        return int(self.within.total_seconds() // 60)


PASSPHRASES = Limit(name="passphrase", most=5, within=timedelta(minutes=15), each_renews=True)
"""Of one link."""
TIDYING = Limit(name="tidying", most=1, within=timedelta(days=1))
"""Of the whole site: what is over is taken away once a day."""
REPORTS = Limit(name="report", most=30, within=timedelta(minutes=1))
"""Reports and hashes looked up on /verify/."""
REFUSED = Limit(name="refused", most=1, within=timedelta(hours=1))
"""Events of what was refused to somebody without an account, of each act: nobody can take events away again."""

READS_BY_PROGRAM = Limit(name="read", most=600, within=timedelta(minutes=1))
"""Of one token, in each process."""
CHANGES_BY_PROGRAM = Limit(name="change", most=120, within=timedelta(minutes=1), at_a_time=6)
"""Of one token, and what is worked out for it."""


def take(limit: Limit, network: str, *, about: str = "", amount: int = 1) -> bool:
    """Counts tries before they are looked at, and whether they may be.

    One conditional UPDATE decides, so that it is exact on any database and with any number of processes.
    """
    now = timezone.now()
    if amount > limit.most:
        return False
    tries, over = _tries(limit, about).filter(network=network), now - limit.within
    renewed = {"since": now} if limit.each_renews else {}
    if tries.filter(since__gt=over, count__lte=limit.most - amount).update(count=F("count") + amount, **renewed):
        return True
    if tries.filter(since__lte=over).update(since=now, count=amount):
        return True
    if tries.exists():
        return False
    # What counts no more is not kept: for each network that is new, those go whose time is over.
    Tries.objects.filter(limit=limit.name, since__lte=over).delete()
    start = {"since": now, "count": amount}
    _, is_first = Tries.objects.get_or_create(limit=limit.name, about=about, network=network, defaults=start)
    return is_first or take(limit, network, about=about, amount=amount)


@dataclass(slots=True, kw_only=True)
class _Ahead:
    """What this process has taken of a count and not given out, or, below 0, that there is nothing to take."""

    left: int
    until: float


_ahead: dict[tuple[str, str, str], _Ahead] = {}
_one_at_a_time = Lock()
_MOST_AHEAD = 20_000


def seconds_to_wait(limit: Limit, who: str, *, about: str = "", amount: int = 1) -> int:
    """Counts as `take` does, mostly without the database: 0 where it may be, else how long not.

    What a process took and does not give out counts as used, so that there is never more than the limit says.
    """
    place, now = (limit.name, about, who), time.monotonic()
    with _one_at_a_time:
        held = _ahead.get(place)
        if held and held.until > now:
            if held.left < 0:
                return ceil(held.until - now)
            if held.left >= amount:
                held.left -= amount
                return 0
    for taken in sorted({max(amount, limit.at_a_time), amount}, reverse=True):
        if take(limit, who, about=about, amount=taken):
            _hold(place, taken - amount, limit.within.total_seconds())
            return 0
    since = _tries(limit, about).filter(network=who).values_list("since", flat=True).first() or timezone.now()
    wait = max(1, ceil((since + limit.within - timezone.now()).total_seconds()))
    _hold(place, -1, wait)
    return wait


def forget_ahead() -> None:
    """Nothing is given out of what was taken before."""
    with _one_at_a_time:
        _ahead.clear()


def _hold(place: tuple[str, str, str], left: int, seconds: float) -> None:
    with _one_at_a_time:
        if len(_ahead) >= _MOST_AHEAD:
            _ahead.clear()
        _ahead[place] = _Ahead(left=left, until=time.monotonic() + seconds)


def left(limit: Limit, network: str, *, about: str = "") -> int:
    """How many more may be tried now, with those that this process has taken and not given out."""
    counted = _COUNTED.first(limit=limit.name, about=about, network=network)
    is_over = counted is None or counted.since <= timezone.now() - limit.within
    held = _ahead.get((limit.name, about, network))
    ahead = max(held.left, 0) if held and held.until > time.monotonic() else 0
    return limit.most - (0 if is_over or counted is None else counted.count) + ahead


def _counted() -> QuerySet[Tries]:
    given = {name: Given(name, Tries._meta.get_field(name)) for name in ("limit", "about", "network")}
    return Tries.objects.filter(**given)


_COUNTED = Prepared(_counted)


def give_back(limit: Limit, network: str, *, about: str = "") -> None:
    """The last try does not count after all."""
    _tries(limit, about).filter(network=network, count__gt=0).update(count=F("count") - 1)


def forget(limit: Limit, *, about: str = "") -> None:
    """Lets every network try again."""
    _tries(limit, about).delete()


def networks_refused(limit: Limit) -> Coalesce:
    """For a query of what is tried: how many networks may not try it at the moment."""
    since = timezone.now() - limit.within
    tries = Tries.objects.filter(limit=limit.name, about=Cast(OuterRef("pk"), CharField()))
    refused = tries.filter(count__gte=limit.most, since__gt=since).order_by().values("about")
    return Coalesce(Subquery(refused.annotate(networks=Count("pk")).values("networks")), 0)


def _tries(limit: Limit, about: str) -> QuerySet[Tries]:
    return Tries.objects.filter(limit=limit.name, about=about)
