"""Facts of law have a source and an address, and what is to be settled before tuning is asked for."""

from collections.abc import Iterator

from ..schema import Framework
from .kinds import repeated, unknown


def legal_faults(framework: Framework) -> Iterator[str]:
    legal, place = framework.legal, "legal.toml"
    yield from repeated(f"{place}: fact", (fact.key for fact in legal.facts))
    yield from unknown(f"{place}: line.fact", [legal.line.fact], legal.fact, "fact")
    asked = [question.key for question in framework if question.place == "legal" and question.kind == "choice"]
    yield from unknown(f"{place}: to_settle", legal.to_settle, asked, "question")
    for fact in legal.facts:
        if not (fact.text and fact.source and fact.address.startswith("https://")):
            yield f"{place}: {fact.key}: needs a text, a source and an address"
    line = legal.line
    if min(line.flop_per_parameter_and_token, line.one_in, line.original_unknown) <= 0:
        yield f"{place}: line: must be above 0"
