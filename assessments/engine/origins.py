"""Where values came from: each a word, or a table of the word and its facts, such as a price list and its day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args

from .answers import STRENGTHS, Strength
from .fields import Fault, choice_fault, day_fault, key_faults, text_fault
from .json_text import quote

Kind = Literal[
    "typed",
    "default",
    "today",
    "suggested",
    "use_case",
    "summary",
    "token_count",
    "price_list",
    "tuning_price",
    "file",
    "workspace",
    "measured",
    "agent",
    "settled",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
FACTS: Mapping[str, tuple[str, ...]] = {
    "price_list": ("provider", "model", "as_of"),
    "tuning_price": ("offer", "as_of"),
    "file": ("name", "sha256", "when"),
    "measured": ("rule", "tool", "files", "when"),
    "typed": ("was_measured",),
    "agent": ("when",),
    "settled": ("raters", "when"),
}
"""What an origin names beside its kind: all of it, or (but for files) none."""
_WITH_FACTS_ONLY = {
    "file": "must name the file: name, sha256, when",
    "measured": "must name what was measured: rule, tool, files, when",
    "settled": "must say from how many raters: raters, when",
}
MOST_FILES = 50
"""What one value can rest on."""
FEWEST_RATERS, MOST_RATERS = 2, 5
"""Who answer the same questions blind to each other."""
LARGEST_FILE = 1_000_000_000
"""Bytes."""
CASE = "case"
"""Stands for the numbers that are entered once, where approaches are named."""
_MORE: Mapping[str, tuple[str, ...]] = {
    "price_list": ("listed",),
    "tuning_price": ("last_training",),
    "measured": ("framework", "removed"),
    "agent": ("claims",),
}
_TIME = 'must be a time, like "2026-11-10T09:30:00+00:00"'


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedModel:
    """The base model whose prices were copied in, and the day of the price list."""

    provider: str
    model: str
    as_of: date
    listed: float | None = None
    """What the list says, where the value is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedOffer:
    """The tuning offer whose prices were copied in, and the day of its source."""

    offer: str
    as_of: date
    last_training: date | None = None
    """The last day of training, as it was announced then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """The file that a value was read from."""

    name: str
    sha256: str
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredFile:
    """A file that something was measured in."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredFacts:
    """The rule that made a value of files, the tool that had written them, and when somebody accepted it."""

    rule: str
    tool: str
    """Empty for a table."""
    files: tuple[MeasuredFile, ...]
    when: datetime
    framework: str = ""
    """The version of the framework that has the rule."""
    removed: datetime | None = None
    """When one of the files was removed from the assessment. The value stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedOver:
    """Somebody typed another value over one that was measured then."""

    was_measured: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldByAgent:
    """A program said so, and no person has confirmed it yet: it counts as opinion, whatever the program claims."""

    when: datetime
    claims: Strength = "opinion"
    """How strong it is called, and becomes once a person confirms it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledByRaters:
    """Several people had answered blind to each other, and this is what was settled on."""

    raters: int
    when: datetime


Facts = PickedModel | PickedOffer | ReadFile | MeasuredFacts | TypedOver | ToldByAgent | SettledByRaters


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where one value came from, with its facts where these are known."""

    kind: Kind
    facts: Facts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where the numbers of one approach, or of the case, came from. A number that is not named was typed."""

    numbers: Mapping[str, Origin] = field(default_factory=dict)
    prefilled: bool = False
    """Whether numbers that nobody typed follow today's prompt and our suggestions."""

    @property
    def model(self) -> PickedModel | None:
        return next((one.facts for one in self.numbers.values() if isinstance(one.facts, PickedModel)), None)

    @property
    def offer(self) -> PickedOffer | None:
        return next((one.facts for one in self.numbers.values() if isinstance(one.facts, PickedOffer)), None)

    def kind(self, key: str) -> str:
        """The word for one number; empty where it was typed."""
        return self.numbers[key].kind if key in self.numbers else ""


def origins_by_table(origins: Mapping[str, Origin]) -> dict[str, Origins]:
    """The origins of the detailed costs by approach, those of the case under `case`.

    >>> origins_by_table({"costs.detailed.hybrid": Origin(kind="suggested")})
    {'hybrid': Origins(numbers={}, prefilled=True)}
    """
    numbers: dict[str, dict[str, Origin]] = {}
    prefilled = set()
    for path, origin in origins.items():
        match path.split("."):
            case ["costs", "detailed", name, key]:
                numbers.setdefault(name, {})[key] = origin
            case ["costs", "detailed", key] if origin.kind == "suggested":
                prefilled.add(key)
                numbers.setdefault(key, {})
            case ["costs", "detailed", key]:
                numbers.setdefault(CASE, {})[key] = origin
    return {name: Origins(numbers=own, prefilled=name in prefilled) for name, own in numbers.items()}


def origin_faults(raw: Any) -> Sequence[Fault]:
    """Everything that is wrong with an origin.

    >>> origin_faults({"kind": "price_list", "provider": "openai", "model": "gpt-5", "as_of": "today"})
    [Fault(place='.as_of', sentence='must be a day, like "2026-11-10"')]
    """
    if not isinstance(raw, dict):
        sentence = choice_fault(raw, KINDS)
        if isinstance(raw, str):
            sentence = _WITH_FACTS_ONLY.get(raw, sentence)
        return [Fault("", sentence)] if sentence else ()
    kind: Any = raw.get("kind")
    if sentence := choice_fault(kind, tuple(FACTS)):
        return [Fault(".kind", sentence if "kind" in raw else "must be there")]
    faults = key_faults(raw, ("kind", *FACTS[kind]), _MORE.get(kind, ()))
    faults += [Fault(f".{key}", said) for key in FACTS[kind] if key in raw and (said := _fact_fault(key, raw[key]))]
    if "files" in FACTS[kind]:
        faults += _files_faults(raw.get("files", []))
    if "last_training" in raw and (said := day_fault(raw["last_training"])):
        faults.append(Fault(".last_training", said))
    if "claims" in raw and (said := choice_fault(raw["claims"], STRENGTHS)):
        faults.append(Fault(".claims", said))
    if "framework" in raw and (said := text_fault(raw["framework"])):
        faults.append(Fault(".framework", said))
    if "removed" in raw and (said := _time_fault(raw["removed"])):
        faults.append(Fault(".removed", said))
    if "listed" in raw and (isinstance(raw["listed"], bool) or not isinstance(raw["listed"], (int, float))):
        faults.append(Fault(".listed", f"{quote(raw['listed'])} is not a number"))
    elif "listed" in raw and not 0 <= raw["listed"] <= 1000:
        faults.append(Fault(".listed", "is not from 0 to 1,000"))
    return faults


def origin_of(raw: Any) -> Origin:
    """A sound origin, read.

    >>> origin_of("today")
    Origin(kind='today', facts=None)
    >>> origin_of({"kind": "tuning_price", "offer": "a", "as_of": "2026-11-10"}).facts
    PickedOffer(offer='a', as_of=datetime.date(2026, 11, 10), last_training=None)
    """
    if not isinstance(raw, dict):
        return Origin(kind=raw)
    kind, facts = raw["kind"], {key: _READ.get(key, _as_it_is)(value) for key, value in raw.items() if key != "kind"}
    return Origin(kind=kind, facts=_SHAPES[kind](**facts))


_READ: Mapping[str, Callable[[Any], Any]] = {
    "as_of": date.fromisoformat,
    "last_training": date.fromisoformat,
    "when": datetime.fromisoformat,
    "was_measured": datetime.fromisoformat,
    "removed": datetime.fromisoformat,
    "files": lambda files: tuple(MeasuredFile(**file) for file in files),
}
_SHAPES: Mapping[str, type[Facts]] = {
    "price_list": PickedModel,
    "tuning_price": PickedOffer,
    "file": ReadFile,
    "measured": MeasuredFacts,
    "typed": TypedOver,
    "agent": ToldByAgent,
    "settled": SettledByRaters,
}


def typed_over(raw: Any) -> Any:
    """The origin of what somebody types over a value of this origin: that it was measured once is kept.

    >>> typed_over({"kind": "measured", "rule": "a", "tool": "", "files": [], "when": "2026-11-27T09:30:00+00:00"})
    {'kind': 'typed', 'was_measured': '2026-11-27T09:30:00+00:00'}
    >>> typed_over("suggested")
    ''
    """
    if not isinstance(raw, dict) or raw["kind"] not in ("measured", "typed"):
        return ""
    return raw if raw["kind"] == "typed" else {"kind": "typed", "was_measured": raw["when"]}


def told_by_agent(when: datetime, claims: Strength = "opinion") -> dict[str, str]:
    """The origin of what a program says.

    >>> told_by_agent(datetime.fromisoformat("2026-11-27T09:30:00+00:00"), "measured")
    {'kind': 'agent', 'when': '2026-11-27T09:30:00+00:00', 'claims': 'measured'}
    """
    told = {"kind": "agent", "when": when.isoformat()}
    return told if claims == "opinion" else {**told, "claims": claims}


def is_unconfirmed(raw: Any) -> bool:
    """Whether a program said so, and no person yet.

    >>> is_unconfirmed("agent"), is_unconfirmed("typed")
    (True, False)
    """
    return (raw.get("kind") if isinstance(raw, dict) else raw) == "agent"


def says_more(raw: Any, than: Any) -> bool:
    """Whether an origin adds something to what is stored with another one. A program that says again what it said,
    or what a person says already, adds nothing.

    >>> told = {"kind": "agent", "when": "2026-11-27T09:30:00+00:00"}
    >>> says_more(told, {**told, "when": "2026-11-26T09:30:00+00:00"}), says_more(told, ""), says_more("", told)
    (False, False, True)
    """
    if is_unconfirmed(raw) and is_unconfirmed(than):
        return claimed_strength(raw) != claimed_strength(than)
    return raw is not None and raw != than and not is_unconfirmed(raw)


def claimed_strength(raw: Any) -> Strength:
    """How strong what an agent told becomes once a person confirms it."""
    claimed: Strength = raw.get("claims", "opinion") if isinstance(raw, dict) else "opinion"
    return claimed


def strength_fault(raw: Any, strength: str) -> str:
    """What is wrong with a strength beside a sound origin; empty if nothing is."""
    if is_unconfirmed(raw) and strength != "opinion":
        return "was told by an agent and counts as opinion until a person confirms it"
    return ""


def without_files(raw: Any) -> Any:
    """The same origin for readers who see no evidence: empty where it tells of files, what was measured, or raters.

    >>> without_files("today"), without_files({"kind": "typed", "was_measured": "2026-11-27T09:30:00+00:00"})
    ('today', '')
    """
    return "" if isinstance(raw, dict) and raw.get("kind") in ("file", "measured", "typed", "settled") else raw


def _as_it_is(value: Any) -> Any:
    return value


def _fact_fault(key: str, value: Any) -> str:
    if key == "as_of":
        return day_fault(value)
    if key in ("when", "was_measured"):
        return _time_fault(value)
    if key == "sha256":
        known = isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef")
        return "" if known else "must be 64 hexadecimal digits"
    if key == "raters":
        known = isinstance(value, int) and not isinstance(value, bool) and FEWEST_RATERS <= value <= MOST_RATERS
        return "" if known else f"must be a whole number from {FEWEST_RATERS} to {MOST_RATERS}"
    if key == "size":
        known = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_FILE
        return "" if known else "must be a number of bytes"
    return "" if key == "files" else text_fault(value)


def _files_faults(files: Any) -> Sequence[Fault]:
    if not isinstance(files, list) or len(files) > MOST_FILES:
        return [Fault(".files", f"must be a list of at most {MOST_FILES} files")]
    faults: list[Fault] = []
    for place, file in enumerate(files):
        if not isinstance(file, dict):
            faults.append(Fault(f".files[{place}]", "must be an object"))
            continue
        own = key_faults(file, ("name", "size", "sha256"))
        own += [Fault(f".{key}", said) for key, value in file.items() if (said := _fact_fault(key, value))]
        faults += [Fault(f".files[{place}]{fault.place}", fault.sentence) for fault in own]
    return faults


def _time_fault(value: Any) -> str:
    try:
        if isinstance(value, str) and datetime.fromisoformat(value).tzinfo:
            return ""
    except ValueError:
        pass
    return _TIME
