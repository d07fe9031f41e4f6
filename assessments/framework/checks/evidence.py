"""What files may propose is told in sentences that their figures fill, and nothing that they never answer."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from ..names import EVIDENCE, EVIDENCE_LEFT_OPEN, FOUND_KINDS
from ..schema import Framework
from .kinds import not_the_same, unfilled, unknown


def evidence_faults(framework: Framework) -> Iterator[str]:
    evidence, place = framework.evidence, "evidence.toml"
    yield from unknown(f"{place}: never", evidence.never, framework.questions, "question")
    yield from unknown(f"{place}: approaches", evidence.approaches.values(), framework.approach, "approach")
    sources = (rule.source for rule in evidence.rules.values())
    yield from unknown(f"{place}: rules", sources, framework.citation, "source")
    yield from not_the_same(f"{place}: openings", evidence.openings, FOUND_KINDS)
    numbers = {*framework.figures, *asdict(evidence.thresholds)}
    for key, rule in evidence.rules.items():
        yield from unfilled(f"{place}: rules.{key}", rule.says, numbers)
    for key, text in evidence.openings.items():
        yield from unfilled(f"{place}: openings.{key}", text, ("tool", "on", "files"))
    yield from _sentence_faults(f"{place}: sentences", evidence.sentences, EVIDENCE, numbers)
    yield from _sentence_faults(f"{place}: undecided", evidence.undecided, EVIDENCE_LEFT_OPEN, numbers)


def _sentence_faults(
    place: str, sentences: Mapping[str, str], figures: Mapping[str, tuple[str, ...]], numbers: set[str]
) -> Iterator[str]:
    yield from not_the_same(place, sentences, figures)
    for code, text in sentences.items():
        yield from unfilled(f"{place}.{code}", text, {*figures.get(code, ()), *numbers})
