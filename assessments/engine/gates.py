"""Which approaches are closed, and by which gates, for one case or for thousands (docs/method.md, section 6)."""

import operator
from collections.abc import Iterator, Mapping
from functools import lru_cache, reduce

import numpy as np

from assessments.framework.conditions import Conditions, Term, terms_of
from assessments.framework.schema import Framework, Gate

from .cases import Booleans
from .facts import Facts, Ground

_NEVER_PAYS, _MEASURED = "never_pays", "measured_otherwise"


def closing(facts: Facts) -> Mapping[str, Booleans]:
    """By gate, in the framework's order, which approaches it closes: shape (approaches, n) or (approaches, 1).

    A gate that asks what never pays comes after the others: it measures against the best approach that they leave
    open. The one that asks what was measured comes last, and what it leaves open is closed by no other.
    """
    gates = facts.ground.framework.gates
    found = {gate.key: _closed(facts, gate) for gate in gates if not _asks_for(gate, _NEVER_PAYS, _MEASURED)}
    dear = [gate for gate in gates if _asks_for(gate, _NEVER_PAYS)]
    if dear:
        known = never_pays(facts, ~any_of(found))
        found |= {gate.key: _closed(facts, gate, never_pays=known) for gate in dear}
    otherwise = measured_otherwise(facts, found)
    leads = ~otherwise & otherwise.any(axis=0)
    found |= {gate.key: _closed(facts, gate, measured_otherwise=otherwise) for gate in gates if gate.key not in found}
    return {gate.key: found[gate.key] & ~leads for gate in gates}


def measured_otherwise(facts: Facts, found: Mapping[str, Booleans]) -> Booleans:
    """All approaches but the one that leads by measurement, where there is one: shape (approaches, n).

    `found` is what the other gates close: of these, those of what cannot be had at all choose among the measured ones.
    """
    framework = facts.ground.framework
    if facts.ground.document.comparison is None:
        return np.zeros((len(framework.approach), 1), bool)
    patterns, which = np.unique(barred_by(framework, found), axis=1, return_inverse=True)
    keys = np.array(tuple(framework.approach))
    leads = [facts.ground.measured(frozenset(keys[pattern].tolist())) for pattern in patterns.T]
    columns = [np.zeros(len(keys), bool) if lead is None else keys != lead.approach for lead in leads]
    closed: Booleans = np.array(columns).T[:, which.reshape(-1)]
    return closed


def barred_by(framework: Framework, found: Mapping[str, Booleans]) -> Booleans:
    """Which approaches cannot be had at all."""
    return any_of({gate.key: found[gate.key] for gate in framework.gates if gate.cannot_be_had})


def any_of(found: Mapping[str, Booleans]) -> Booleans:
    """Which approaches any of these gates closes."""
    return reduce(operator.or_, found.values())


def _asks_for(gate: Gate, *facts: str) -> bool:
    return not names_in(gate.when).isdisjoint(facts)


@lru_cache(maxsize=1024)
def names_in(conditions: Conditions) -> frozenset[str]:
    """What these conditions ask for."""
    return frozenset(term.name for term in terms_of(conditions))


def _closed(facts: Facts, gate: Gate, **known: Booleans) -> Booleans:
    return _those(facts.ground.framework, gate.key) & facts.hold(gate.when, **known)


@lru_cache(maxsize=1024)
def _those(framework: Framework, gate: str) -> Booleans:
    """Which approaches a gate closes where it does: shape (approaches, 1)."""
    return np.array([[key in framework.closed_by[gate]] for key in framework.approach])


def never_pays(facts: Facts, is_open: Booleans) -> Booleans:
    """Which approaches never pay back for good by the figures that the team entered: shape (approaches, n)."""
    if not facts.others:
        return _never_pays(facts.ground, is_open)
    each = np.broadcast_to(is_open, (len(is_open), len(facts.grounds))).T
    found = [_never_pays(ground, column[:, None]) for ground, column in zip(facts.grounds, each, strict=True)]
    return np.concatenate(found, axis=1)


def _never_pays(ground: Ground, is_open: Booleans) -> Booleans:
    framework, cases = ground.framework, is_open.shape[1]
    dear = ground.lasting.too_dear(dict(zip(framework.approach, is_open, strict=True)), cases=cases)
    return np.array([dear.get(key, np.zeros(cases, bool)) for key in framework.approach])


def carried(facts: Facts, gate: Gate) -> tuple[str, ...]:
    """The keys of the answers and counts that make this gate close in the one case that is established."""
    found = [
        key
        for line in gate.when
        if facts.hold((line,), **dict.fromkeys((_NEVER_PAYS, _MEASURED), np.ones(1, bool)))[0]
        for term in terms_of((line,))
        for key in _keys_of(facts, term)
    ]
    return tuple(dict.fromkeys(found))


def _keys_of(facts: Facts, term: Term) -> Iterator[str]:
    """What a term rests on: its question, or the answers and counts behind a fact or a number."""
    framework, answers = facts.ground.framework, facts.cases.answers
    if term.comparison == "is":
        yield term.name
        return
    of, _, group = term.name.partition(".")
    if group or of in ("facts", "tools") or of == "sample":
        fresh = answers.those(("needs_fresh_knowledge",)) if of == "facts" else ()
        yield from fresh or _counted(facts, group)
    yield from answers.those(_YES_BEHIND.get(of, ()))
    if of in ("net", "against", "ready"):
        yield from answers.those((*framework.keys("indicator"), *framework.keys("anti_indicator")))
    if of == "steps_skipped":
        yield from answers.those(framework.keys("ceiling"), "no")
    if of == "steps_open":
        yield from (key for key in framework.keys("ceiling") if not answers.met(key))


_YES_BEHIND: Mapping[str, tuple[str, ...]] = {
    "works": ("prompts_succeed",),
    "form": ("consistent_behavior", "brand_voice"),
    "efficiency": ("cost_optimization", "latency_requirements"),
    "barred": ("data_sovereignty",),
    "ready": ("retrieval_optimized",),
    "indicators": ("cost_optimization",),
}


def _counted(facts: Facts, only: str) -> tuple[str, ...]:
    """The kinds of failure that were counted, of one group or of all, the most first."""
    failures = facts.ground.document.failures
    modes = (mode for group in facts.ground.framework.failure_groups if only in ("", group.key) for mode in group.modes)
    return tuple(sorted(filter(failures.get, modes), key=lambda mode: -failures[mode]))


def gates_on(framework: Framework, found: Mapping[str, Booleans], approach: str) -> tuple[str, ...]:
    """The gates that close this approach in the one case that is established, in the framework's order."""
    row = tuple(framework.approach).index(approach)
    return tuple(key for key, closed in found.items() if closed[row, 0])
