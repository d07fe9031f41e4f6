"""The shape of evidence.toml: from when on a figure of a file may propose an answer, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from .source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceThresholds:
    """Our own judgement, all of it. Shares are from 0 to 1."""

    least_cases: int
    """Fewer propose nothing."""
    few_in_slice: int
    """Slices of fewer cases are shown as too few to say."""
    most_broken: float
    """Above this share of broken calls a variant proposes nothing."""
    least_prompts: int
    same_prompt_above: float
    """Prompts whose word triples have so much in common count as one."""
    sure: float
    """The p value up to which a win is one."""
    slow_share: float
    """The share of requests that a p95 leaves above itself."""
    format_failures: float
    """The share of a failure log."""
    noisy_context: float
    eval_cases: int
    slice_of_failures: float
    """From this share of the failures on a slice has to be in the training data."""
    slice_covered: float
    """At less than this part of its share of the failures it is not."""
    contradicted: float
    """The share of inputs seen twice that have more than one output."""
    kappa_below: float
    kappa_from: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRule:
    """What makes a proposal, in words; its figures are thresholds of this file and of the framework."""

    name: str
    says: str
    source: Source = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRules:
    """What stands in evidence.toml."""

    thresholds: EvidenceThresholds
    never: tuple[str, ...]
    """The questions that no file answers, though one may seem to."""
    answered_by: Mapping[str, tuple[str, ...]]
    """The questions that a file of each kind can answer."""
    approaches: Mapping[str, str]
    """The approach whose costs a variant in this role measures, where the role is no approach itself."""
    measures: Mapping[str, tuple[str, ...]]
    """The names by which exit criteria may call a figure of a variant."""
    rules: Mapping[str, EvidenceRule]
    openings: Mapping[str, str]
    """How evidence begins, by what the file is: the tool, its day and its names."""
    sentences: Mapping[str, str]
    """What was seen, by code."""
    undecided: Mapping[str, str]
    """Why nothing is proposed, by code."""
