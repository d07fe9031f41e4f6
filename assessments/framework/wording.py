"""A framework's texts in another language: files of the same names and shape, which hold nothing but texts."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, lru_cache
from string import Formatter
from typing import Any

from .figures import numbers_in_force, with_numbers
from .loader import CURRENT, SECTIONS, SHAPES, VERSIONS, tables_in
from .market import Market
from .names import WRITINGS
from .notation import GERMAN
from .schema import Framework, Section
from .strict import structured

WORDS: Mapping[str, tuple[str, ...]] = {
    "ApproachCost": ("about",),
    "Approach": ("name", "verdict", "about", "verdict_fix_first"),
    "OtherWording": ("verdict",),
    "Advice": ("because",),
    "BaseModel": ("source", "replaced_by", "note"),
    "BeforeAnswer": ("text", "do"),
    "BeforeFigure": ("text", "do"),
    "BeforeRetraining": ("ask", "instead"),
    "Checklist": ("title", "about"),
    "Citation": ("name", "about"),
    "Column": ("label",),
    "ComparedRole": ("name", "run"),
    "CopyText": ("title", "about", "text"),
    "CostGroup": ("title", "intro"),
    "CostInputs": ("status_quo", "warnings", "forgotten"),
    "Criterion": ("name", "about"),
    "Disagreement": ("title", "ours"),
    "EvidenceGrade": ("name", "about"),
    "EvidenceRule": ("name", "says"),
    "EvidenceRules": ("openings", "sentences", "undecided"),
    "FactInWords": ("yes", "no", "about"),
    "FailureGroup": ("name",),
    "Field": ("label", "ask", "why", "example", "find_out", "unit", "default_source"),
    "FindingText": ("message", "what_to_do"),
    "Gate": ("because", "short", "opens"),
    "GeneralDefault": ("default_source",),
    "Goal": ("name", "kind", "compute", "unit"),
    "Group": ("title", "intro"),
    "Leaf": ("name", "short"),
    "Legal": ("caution",),
    "LegalFact": ("text", "source"),
    "Lens": ("name", "rule", "conditions", "words"),
    "LensInWords": ("asks", "stance"),
    "MatrixRules": ("words", "groups", "reasons", "weight_reasons"),
    "MeasureText": ("text",),
    "MethodNotes": ("numbers", "actions", "findings"),
    "ModelChoice": ("name", "strengths", "costs", "best_when"),
    "Offer": ("provider", "model", "about", "source", "regions", "sla", "notice", "discounts"),
    "Option": ("label", "hint"),
    "OtherRange": ("by",),
    "Outcome": ("name",),
    "Passage": ("text",),
    "Pattern": ("name", "about", "parts", "why"),
    "PhaseText": ("title", "calendar"),
    "PlanText": ("title", "titles"),
    "PlanTexts": ("goal_because",),
    "Point": ("text",),
    "Precedent": ("title", "task", "happened", "metric", "examples_words", "cost_and_speed", "caveat"),
    "Precedents": ("publishers",),
    "PriceOfError": ("name", "text"),
    "PublishedFact": ("text", "origin"),
    "PublishedFigure": ("value", "of"),
    "PublishedProbe": ("note",),
    "Question": (
        *("label", "ask", "why", "example", "find_out", "unit", "default_source"),
        *("na_label", "na_means", "if_yes", "if_no"),
    ),
    "QuickAnswer": ("title", "summary", "lead"),
    "ReadingTexts": (
        *("notes", "faults", "refused", "layouts", "tools", "kinds", "choices", "options", "tool_figures"),
    ),
    "Recheck": ("name",),
    "RetiredModels": ("source",),
    "Section": ("title", "summary", "lead"),
    "SimilarQuestion": ("both_yes", "both_no"),
    "SimilarityRules": ("kind_because", "failure_because", "caution"),
    "SliceText": ("text",),
    "Step": ("text",),
    "SuggestedNumber": ("why", "source"),
    "TaskText": ("text",),
    "ThresholdName": ("name",),
    "TuningMethod": ("name", "about"),
    "VerdictTexts": (*("actions", "action_short", "action_names", "because", "missing_for_go", "tree_parts_ways"),),
    "Way": ("name", "about", "suits", "not_for", "effort"),
}
"""Of each class the fields that people read. All others are keys, rules and figures, and stay in every language."""
MARKET = "market.toml"
_SHAPES: Mapping[str, type] = {**SHAPES, MARKET: Market}
_NAMING = ("key", "code", "approach", "arm", "value")
"""What a row is known by, the first of these that all rows have."""
_BESIDE = "answer"
"""What tells rows of the same name from each other."""
_BLANK = re.compile(r"\{[^{}]*\}")
_LETTERS = re.compile(r"[A-Za-z]{2}")
ALIKE = frozenset(
    {
        *("Apache 2.0", "GPUs", "Hosting", "Name", "Pilot", "Prompt", "Training"),
        *("should_abstain", "× 10²¹ FLOP"),
    }
)
"""What is the same in both languages."""
NAMED = frozenset(
    {
        *("AUC", "Ansible Wisdom", "BLEU", "BloombergGPT", "ChatGPT", "Claude 3 Haiku", "Claude Instant"),
        *("Claude Opus 4", "Claude Opus 4.6", "GPT-4", "GPT-4.1", "GPT-4o", "GPT-4o mini", "Gemini 2.5"),
        *("Gemma 3 4B", "Gemma 7B", "Gemma 7B Instruct", "Llama 3.1 405B", "LoRA", "MBPP", "Med-PaLM 2"),
        *("MedGemma 4B", "Mistral 7B", "QLoRA", "Qwen3 30B", "ROUGE", "ROUGE-L", "TEDS", "Zephyr 7B"),
        *("CSV", "Braintrust", "Inspect", "LangSmith", "Langfuse", "OpenAI Evals", "deepeval"),
        *("lm-evaluation-harness", "promptfoo", "ragas"),
    }
)
"""Models and measures of the published cases, and tools and formats of files, called so in every language."""
_NAMES = ("provider", "model", "replaced_by")
"""Fields that hold a name of the market, which stays unless English words are in it."""
_IN_ENGLISH = re.compile(r"\b(?:and|by|models|on|or|your)\b", re.IGNORECASE)
Said = Mapping[tuple[str, str], str]
"""What is said for a text of the framework, by the name of its field and the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One text of the framework, and what stands for it in the other language."""

    place: str
    name: str
    """Of the field that it stands in."""
    text: str
    other: str
    is_text: bool


@dataclass(frozen=True, slots=True)
class OtherWords:
    """All texts of a released version in another language."""

    pairs: tuple[Pair, ...]
    faults: tuple[str, ...]

    def of(self, framework: Framework) -> Said:
        """What is said for each text of a framework that rests on this version, its numbers where a text names them."""
        numbers = numbers_in_force(framework.thresholds, framework.guide.plan)
        found = {(one.name, one.text): one.other for one in self.pairs if one.is_text}
        named = [one for one in self.pairs if one.place.startswith(SECTIONS) and "{" in one.text]
        return found | {(one.name, with_numbers(one.text, numbers)): with_numbers(one.other, numbers) for one in named}


@lru_cache(maxsize=32)
def said_for(framework: Framework, language: str) -> Said:
    """What is said in this language for the texts of a framework; what a team has typed is not among them."""
    version = framework.base or framework.key
    return words_in(version, language).of(framework) if (VERSIONS / version / language).is_dir() else {}


@cache
def words_in(version: str, language: str) -> OtherWords:
    """The texts of a version in a language, read once."""
    english = tables_in(VERSIONS / version)
    english = {**english, MARKET: tomllib.loads((VERSIONS / version / MARKET).read_text())}
    other, faults = _tables_of(version, language), list[str]()
    pairs = list[Pair]()
    for name, table in english.items():
        shape = _SHAPES.get(name, Section)
        laid = _laid(table, other.pop(name, {}), name, faults)
        pairs += _pairs(name, "", structured(table, shape, name), structured(laid, shape, name))
    faults += [f"{name}: is for nothing" for name in other]
    return OtherWords(tuple(pairs), tuple(faults))


def _tables_of(version: str, language: str) -> dict[str, Any]:
    folder = VERSIONS / version / language
    return {str(file.relative_to(folder)): tomllib.loads(file.read_text()) for file in sorted(folder.rglob("*.toml"))}


def _laid(text: Any, other: Any, place: str, faults: list[str]) -> Any:
    """The table with the other language's texts in the place of its own."""
    if isinstance(text, dict) and isinstance(other, dict):
        faults += [f"{place}: {key} is for nothing" for key in other if key not in text]
        return {
            key: _laid(one, other[key], f"{place}: {key}", faults) if key in other else one for key, one in text.items()
        }
    if isinstance(text, list) and isinstance(other, list):
        return _rows_laid(text, other, place, faults)
    if isinstance(text, str) and isinstance(other, str):
        return other
    faults.append(f"{place}: is no text")
    return text


def _rows_laid(rows: list[Any], others: list[Any], place: str, faults: list[str]) -> list[Any]:
    names = _names_of(rows)
    if names and all(isinstance(row, dict) and names <= row.keys() for row in others):
        known = {_name(row, names): row for row in others}
        found = [_laid(row, known.pop(_name(row, names), {}), f"{place} {_name(row, names)}", faults) for row in rows]
        faults += [f"{place} {name}: is for nothing" for name in known]
        return found
    if len(rows) != len(others):
        faults.append(f"{place}: {len(others)} stand for {len(rows)}")
        return rows
    return [
        _laid(row, other, f"{place} {n}", faults) for n, (row, other) in enumerate(zip(rows, others, strict=True), 1)
    ]


def _names_of(rows: Sequence[Any]) -> set[str]:
    """The names of what tells these rows apart; none where only their places do."""
    first = next((name for name in _NAMING if all(isinstance(row, dict) and name in row for row in rows)), None)
    names = {first, _BESIDE} if first and all(_BESIDE in row for row in rows) else {first} if first else set()
    found = {name for name in names if name}
    return found if len({_name(row, found) for row in rows}) == len(rows) else set()


def _name(row: Mapping[str, Any], names: set[str]) -> str:
    return " ".join(str(row[name]) for name in sorted(names, reverse=True))


def _pairs(place: str, name: str, text: Any, other: Any, *, is_text: bool = False) -> Iterator[Pair]:
    """Every text of a part, beside the other language's."""
    if isinstance(text, str):
        yield Pair(place=place, name=name, text=text, other=other, is_text=is_text)
    elif isinstance(text, tuple):
        for number, (one, its) in enumerate(zip(text, other, strict=True), 1):
            key = getattr(one, "key", "") or getattr(one, "code", "") or number
            yield from _pairs(f"{place}.{key}", name, one, its, is_text=is_text)
    elif isinstance(text, Mapping):
        for key, one in text.items():
            yield from _pairs(f"{place}.{key}", name, one, other[key], is_text=is_text)
    elif is_dataclass(text):
        words = WORDS.get(type(text).__name__, ())
        for field in fields(text):
            one, its = getattr(text, field.name), getattr(other, field.name)
            yield from _pairs(f"{place}.{field.name}", field.name, one, its, is_text=field.name in words)


def untranslated_texts(version: str = CURRENT, language: str = GERMAN) -> list[str]:
    """What is wrong with the texts in another language, each with its place: a text that is missing or the same, one
    that is for nothing, blanks that are others, and two that are said for the same text.
    """
    words = words_in(version, language)
    found, said = list(words.faults), dict[tuple[str, str], Pair]()
    for one in words.pairs:
        if not one.is_text:
            found += [f"{one.place}: is a key, and stays {one.text!r}"] if one.other != one.text else []
            continue
        first = said.setdefault((one.name, one.text), one)
        if one.other == one.text:
            found += [f"{one.place}: {one.text!r} is not translated"] if _needs_words(one) else []
        elif first.other != one.other:
            found.append(f"{one.place}: {one.text!r} is said in another way than at {first.place}")
        if wrong := blanks_wrong(one):
            found.append(f"{one.place}: {wrong}")
    return found


def _needs_words(pair: Pair) -> bool:
    text = pair.text
    if pair.name in _NAMES and not _IN_ENGLISH.search(text):
        return False
    return bool(_LETTERS.search(_BLANK.sub("", text))) and text not in ALIKE | NAMED


def blanks_wrong(pair: Pair) -> str:
    try:
        ours, theirs = _blanks(pair.text), _blanks(pair.other)
    except ValueError as error:
        return str(error)
    strange = {writing for _, writing in theirs} - WRITINGS
    if strange:
        return f"no writing {', '.join(sorted(strange))}"
    differing = {name for name, _ in ours} ^ {name for name, _ in theirs}
    return f"the blanks {', '.join(sorted(differing))} are not the same" if differing else ""


def _blanks(text: str) -> set[tuple[str, str]]:
    """The blanks of a text, and how each is written."""
    return {(name, (spec or "").partition(" ")[0]) for _, name, spec, _ in Formatter().parse(text) if name is not None}
