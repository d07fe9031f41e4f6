"""Documents as earlier releases froze them: ticks in one list, origins by approach among the costs."""

from collections.abc import Iterator, Mapping
from typing import Any

from assessments.framework.schema import Framework

from .origins import CASE


def in_today_s_shape(framework: Framework, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the document says, as one of today says it. One of today stays as it is.

    >>> from assessments.framework import load_framework
    >>> in_today_s_shape(load_framework(), {"checks": ["alarm"], "costs": {"origins": {}, "hourly_rate": 90}})
    {'checks': {'production': ['alarm']}, 'costs': {'hourly_rate': 90}}
    """
    ticked, costs = document.get("checks"), dict(document.get("costs", {}))
    by_approach = costs.pop("origins", None)
    if not isinstance(ticked, list) and by_approach is None:
        return document
    lists = {one.key: [point.code for point in one.points] for one in framework.guide.checklists}
    parts = {
        "checks": {key: found for key, codes in lists.items() if (found := [code for code in codes if code in ticked])}
        if isinstance(ticked, list)
        else ticked,
        "costs": costs,
        "origins": dict(_origins(by_approach or {}, costs.get("detailed", {}))) or document.get("origins"),
    }
    return {key: part for key, part in {**document, **parts}.items() if part}


def _origins(by_approach: Mapping[str, Any], detailed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each origin by its path. The facts stood beside the words, once for a whole approach."""
    for name, own in by_approach.items():
        place = "costs.detailed" if name == CASE else f"costs.detailed.{name}"
        numbers = detailed if name == CASE else detailed.get("approaches", {}).get(name, {})
        if own.get("prefilled"):
            yield place, "suggested"
        for key, word in own.get("numbers", {}).items():
            if key in numbers:
                yield f"{place}.{key}", _origin(own, key, word)


def _origin(own: Mapping[str, Any], key: str, word: str) -> Any:
    if word == "price_list" and (model := own.get("model")):
        listed = {"listed": model.get("cache_write_ratio", 1)} if key == "cache_write_ratio" else {}
        return {"kind": word, **{name: model[name] for name in ("provider", "model", "as_of")}, **listed}
    if word == "tuning_price" and (offer := own.get("offer")):
        return {"kind": word, "offer": offer["key"], "as_of": offer["as_of"]}
    return "token_count" if word == "prompt" else word
