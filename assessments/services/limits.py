"""How often something may be tried from one network: the table of limits, and one count that is exact.

Signing in, signing up and second steps have limits of allauth's, which counts them in the cache.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import CharField, Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from assessments.models import Tries


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many tries within a time. Where each one renews it, no stretch of that length has more: for secrets."""

    name: str
    most: int
    within: timedelta
    each_renews: bool = False

    @property
    def minutes(self) -> int:
        return int(self.within.total_seconds() // 60)


PASSPHRASES = Limit(name="passphrase", most=5, within=timedelta(minutes=15), each_renews=True)
"""Of one link."""
TRIALS = Limit(name="trial", most=100, within=timedelta(hours=1))
"""Assessments that are begun without an account, by form, file or copy, also files that turn out to be none."""
TIDYING = Limit(name="tidying", most=1, within=timedelta(days=1))
"""Of the whole site: what is over is taken away once a day."""
REPORTS = Limit(name="report", most=30, within=timedelta(minutes=1))
"""Reports and hashes looked up on /verify/."""
FILES = Limit(name="files", most=30, within=timedelta(minutes=60))
"""Drops of files by people without an account."""

READS_BY_PROGRAM = Limit(name="read", most=600, within=timedelta(minutes=1))
"""Of one token, in each process."""
CHANGES_BY_PROGRAM = Limit(name="change", most=120, within=timedelta(minutes=1))
"""Of one token, and what is worked out for it."""


def take(limit: Limit, network: str, *, about: str = "") -> bool:
    """Counts a try before it is looked at, and whether it may be.

    One conditional UPDATE decides, so that it is exact on any database and with any number of processes.
    """
    now = timezone.now()
    tries = _tries(limit, about).filter(network=network)
    if tries.filter(since__lte=now - limit.within).update(since=now, count=1):
        return True
    renewed = {"since": now} if limit.each_renews else {}
    if tries.filter(count__lt=limit.most).update(count=F("count") + 1, **renewed):
        return True
    if tries.exists():
        return False
    # What counts no more is not kept: for each network that is new, those go whose time is over.
    Tries.objects.filter(limit=limit.name, since__lte=now - limit.within).delete()
    start = {"since": now, "count": 1}
    _, is_first = Tries.objects.get_or_create(limit=limit.name, about=about, network=network, defaults=start)
    return is_first or take(limit, network, about=about)


def left(limit: Limit, network: str, *, about: str = "") -> int:
    """How many more may be tried now."""
    counted = _tries(limit, about).filter(network=network, since__gt=timezone.now() - limit.within)
    return limit.most - (counted.values_list("count", flat=True).first() or 0)


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
