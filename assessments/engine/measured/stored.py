"""What leads by measurement as a stored result has it (engine/result_json.py)."""

from dataclasses import dataclass

from .rule import Gain, LeadReason


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChallenger:
    """A variant that would be owned against the best that would not. Shares, 0 to 1."""

    role: str
    gain: Gain
    difference: float
    low: float
    high: float
    cases: int
    lost: tuple[str, ...]
    unmeasured: tuple[str, ...]
    never_pays: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLead:
    """Which variant led, and why, by its role."""

    role: str
    reason: LeadReason
    best: str
    level: tuple[str, ...]
    least_improvement: float
    critical_slices: tuple[str, ...]
    challengers: tuple[StoredChallenger, ...]
