"""Ticks and origins as they are stored, one value for all, and as a document has them, by path."""

from collections.abc import Mapping
from typing import Any

from assessments.engine.origins import CASE
from assessments.framework import Framework


def ticks_in_document(framework: Framework, codes: list[str]) -> dict[str, list[str]]:
    """The ticked points by checklist."""
    lists = {one.key: [point.code for point in one.points] for one in framework.guide.checklists}
    found = {key: [code for code in points if code in codes] for key, points in lists.items()}
    return {key: points for key, points in found.items() if points}


def ticks_stored(framework: Framework, checks: Mapping[str, list[str]]) -> list[str]:
    ticked = {code for codes in checks.values() for code in codes}
    return [code for code in framework.guide.points if code in ticked]


def origins_in_document(origins: Mapping[str, Any], detailed: Mapping[str, Any]) -> dict[str, Any]:
    """Where numbers of the detailed form come from, by path: those that are there."""
    found: dict[str, Any] = {}
    for scope, own in origins.items():
        place = "costs.detailed" if scope == CASE else f"costs.detailed.{scope}"
        numbers = detailed if scope == CASE else detailed.get("approaches", {}).get(scope)
        if numbers is None:
            continue
        if own.get("prefilled"):
            found[place] = "suggested"
        for key, word in own.get("numbers", {}).items():
            if key in numbers:
                found[f"{place}.{key}"] = _origin(own, key, word)
    return found


def _origin(own: Mapping[str, Any], key: str, word: str) -> Any:
    if word == "price_list" and (model := own.get("model")):
        facts = {name: model[name] for name in ("provider", "model", "as_of")}
        listed = {"listed": model["cache_write_ratio"]} if key == "cache_write_ratio" else {}
        return {"kind": word, **facts, **listed}
    if word == "tuning_price" and (offer := own.get("offer")):
        return {"kind": word, "offer": offer["key"], "as_of": offer["as_of"]}
    return "token_count" if word == "prompt" else word


def origins_stored(origins: Mapping[str, Any]) -> dict[str, Any]:
    """Where numbers come from, by approach."""
    found: dict[str, Any] = {}
    for path, origin in origins.items():
        match path.split("."):
            case ["costs", "detailed", key] if origin == "suggested":
                found.setdefault(key, {"numbers": {}})["prefilled"] = True
            case ["costs", "detailed", key]:
                found.setdefault(CASE, {"numbers": {}})["numbers"][key] = origin
            case ["costs", "detailed", scope, key]:
                _store(found.setdefault(scope, {"numbers": {}}), key, origin)
    return found


def _store(own: dict[str, Any], key: str, origin: Any) -> None:
    word = origin["kind"] if isinstance(origin, dict) else origin
    own["numbers"][key] = "prompt" if word == "token_count" else word
    if not isinstance(origin, dict):
        return
    if word == "price_list":
        model = own.setdefault("model", {"cache_write_ratio": 1})
        model |= {name: origin[name] for name in ("provider", "model", "as_of")}
        model["cache_write_ratio"] = origin.get("listed", model["cache_write_ratio"])
    elif word == "tuning_price":
        own["offer"] = {"key": origin["offer"], "as_of": origin["as_of"]}
