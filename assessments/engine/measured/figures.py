"""What was computed from a file, as numbers and codes: no text of a case stands here.

`n` is always the number of cases, never of rows: repeats of one case are averaged first. Times are in milliseconds,
money is in US dollars as the tool wrote it. Source: docs/evidence.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assessments.engine.intervals import wilson_interval


@dataclass(frozen=True, kw_only=True)
class Part:
    """A count of a whole. The count is a sum of case means, so it need not be whole itself.

    >>> Part(count=23, of=30).share, [round(end, 4) for end in Part(count=23, of=30).interval]
    (0.7666666666666667, [0.5907, 0.8821])
    >>> Part(count=0, of=0).share is None, Part(count=0, of=0).interval
    (True, (0.0, 1.0))
    """

    count: float
    of: int

    @property
    def share(self) -> float | None:
        return self.count / self.of if self.of else None

    @cached_property
    def interval(self) -> tuple[float, float]:
        """95 %, by Wilson."""
        return wilson_interval(self.count, self.of)

    @property
    def low(self) -> float:
        return self.interval[0]

    @property
    def high(self) -> float:
        return self.interval[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One call of one variant on one case, as every reader of runs hands it on."""

    variant: str
    """The key of its `VariantFacts`."""
    case: str
    """Tells the case from all others; a hash where the tool has no name for it."""
    passed: float | None
    """0 to 1; None for a broken call."""
    score: float | None = None
    latency_ms: float | None = None
    """None where it is not known, or is that of a cache."""
    cost: float | None = None
    slice: str = ""
    format_ok: bool | None = None
    prompt_tokens: float | None = None
    output_tokens: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantFacts:
    """What is known of a variant beside its rows."""

    key: str
    """Made from model and prompt; the same in every file of one drop."""
    name: str
    """As people know it."""
    model: str = ""
    """The base model without host, API words and settings; empty where the file names none."""
    prompt: str = ""
    """The template. Empty where it is not known."""
    has_examples: str = ""
    """The words of the template, or the setting, that show solved examples; empty where none were seen."""
    is_checked: bool = True
    """Whether anything was asserted at all: without assertions every row passes."""
    tool_figures: Mapping[str, float] = field(default_factory=dict)
    """What the tool itself says: passed, failed, errors, pass_rate, mean, stderr, …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceFigures:
    name: str
    passed: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantFigures:
    """What one variant did."""

    key: str
    name: str
    model: str = ""
    rows: int
    broken: int
    graded: int
    passed: Part
    """Sum of the case means, of the cases."""
    passes: int
    """Rows that passed whole."""
    slices: tuple[SliceFigures, ...] = ()
    format_failures: Part | None = None
    """Of the graded rows that say so."""
    p50: float | None = None
    p95: float | None = None
    mean_latency: float | None = None
    slowest: float | None = None
    over_limit: Part | None = None
    """Graded rows above the highest p95 that the team wants; None where it wants none or times are not known."""
    mean_cost: float | None = None
    cost_per_pass: float | None = None
    prompt_length: int | None = None
    """Characters of the template; None where it is not known."""
    prompt_tokens: float | None = None
    """Per request, where the file says."""
    output_tokens: float | None = None
    is_checked: bool = True
    has_examples: str = ""
    tool_figures: Mapping[str, float] = field(default_factory=dict)
    outcomes: Mapping[str, float] = field(default_factory=dict)
    """The mean of each case, by the hash of its name: what a later comparison needs."""

    @property
    def broken_share(self) -> float:
        return self.broken / self.rows if self.rows else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFigures:
    """One variant against another, on the cases that both were graded on."""

    before: str
    after: str
    """The keys of the variants."""
    cases: int
    only_before: int
    only_after: int
    """Cases that the other side lacks."""
    wins: int
    losses: int
    ties: int
    difference: float
    """Of the means, after − before."""
    p: float
    """Exact two-sided sign test on wins against losses; McNemar's where all values are 0 or 1."""
    adjusted_p: float
    """By Holm, over all comparisons with the same baseline; p itself where there is one."""
    compared: int = 1
    """How many were compared with this baseline."""
    tells_above: float | None
    """The least difference of shares that so many cases tell, at 80 % power; None where they tell none."""
    low: float | None = None
    high: float | None = None
    """95 % of the difference: 10,000 resamples of the case differences."""
    score_difference: float | None = None
    score_low: float | None = None
    score_high: float | None = None
    """The same of the scores, where the file has scores; without a range where there are very many."""
    losses_by_slice: Mapping[str, int] = field(default_factory=dict)
    slices: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    """Cases, wins and losses of each slice."""

    @property
    def decided(self) -> Part:
        """The share of wins among the decided."""
        return Part(count=self.wins, of=self.wins + self.losses)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptFigures:
    """Which prompts differ: variants whose templates are 80 % alike count as one."""

    groups: tuple[tuple[str, ...], ...]
    """The keys of the variants of each different prompt."""
    common_cases: int
    """Graded cases that all of them share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFigures:
    variants: tuple[VariantFigures, ...]
    pairs: tuple[PairFigures, ...]
    prompts: PromptFigures | None = None
    models: tuple[str, ...] = ()
    """The base models that the files name."""
    unnamed: int = 0
    """Variants whose model no file names."""
    same_cases: bool = True
    """Whether all variants were graded on the same cases."""
    slice_of: Mapping[str, str] = field(default_factory=dict)
    """The slice of each case that has one, by the hash of its name: what a later comparison needs."""
    slowest_p95_ms: float | None = None
    """The limit that `over_limit` was counted with."""

    def variant(self, key: str) -> VariantFigures | None:
        return next((one for one in self.variants if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week of a failure log."""

    name: str
    """As in 2026-W37."""
    count: int
    partial: bool = False
    """Whether the file covers only a part of it: left out of the trend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelAgreement:
    """Two labels of the same rows: how often they agree, and how far beyond chance."""

    labels: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]
    """Rows: the first label's; columns: the second's; in the order of `labels`."""
    kappa: float | None
    low: float | None
    high: float | None
    """95 % (Fleiss, Cohen and Everitt 1969). None where all agree on one label."""

    @property
    def agreed(self) -> Part:
        return Part(
            count=sum(row[place] for place, row in enumerate(self.table)), of=sum(sum(row) for row in self.table)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureFigures:
    """A failure log, counted."""

    rows: int
    counts: Mapping[str, int]
    """By mode of the framework."""
    unmapped: Mapping[str, int] = field(default_factory=dict)
    """Values that stand for no mode, with their counts; empty cells under the empty text."""
    weeks: tuple[Week, ...] = ()
    """Without gaps: weeks in which nothing was logged count 0."""
    declining_p: float | None = None
    """None where there are fewer than four whole weeks, or the order of day and month is not known."""
    by_week: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By mode, in the order of `weeks`."""
    slices: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By slice, then by mode."""
    agreement: LabelAgreement | None = None
    """Where a second person labelled, too."""
    first: str = ""
    last: str = ""
    """The first and the last day, as 2026-09-08."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingFigures:
    """A training set, counted. Line numbers start at 1; no text of a line stands here."""

    layout: str
    lines: int
    valid: int
    empty: int
    distinct: int
    pairs: bool = False
    """Whether it holds preference pairs."""
    reviewed: int | None = None
    """Valid examples of which a column says that somebody looked at them; None where no column says so."""
    warnings: int = 0
    """Valid lines that only some providers refuse."""
    copies: tuple[tuple[int, int], ...] = ()
    """Exact copies: the earlier line and the later, at most 200 of them."""
    copy_count: int = 0
    contradictions: tuple[tuple[int, int], ...] = ()
    """The same input with another output."""
    contradiction_count: int = 0
    seen_twice: int = 0
    """Inputs that stand there twice or more."""
    contradicted: int = 0
    """Of those, the ones with more than one output."""
    near: tuple[tuple[int, int], ...] = ()
    near_count: int = 0
    """Lines that have an earlier near copy."""
    are_all_near_found: bool = True
    """False where so many lines are somewhat alike that not all could be compared: the count is then the least."""
    near_other_label: tuple[tuple[int, int], ...] = ()
    near_other_label_count: int = 0
    overlap_exact: int | None = None
    overlap_near: int | None = None
    """With the evaluation file that was dropped beside it; None where there was none."""
    labels: Mapping[str, int] | None = None
    """None where labels cannot be counted."""
    label_keys: tuple[str, ...] = ()
    """The keys of a JSON output of which one can be picked as the label."""
    tokens: int = 0
    """About: bytes ÷ 4 of each line, rounded up; ± 35 %."""
    tokens_per_example: float = 0.0
    longest: tuple[tuple[int, int], ...] = ()
    """Outliers above Q3 + 3 IQR: line and bytes, at most 200."""
    longest_count: int = 0
    hints: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Personal data by kind (email, phone, card, iban): line numbers, at most 200 each."""
    hint_counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricChange:
    """One metric before and after. Shares are from 0 to 1."""

    name: str
    before: float
    after: float
    higher_is_better: bool
    tolerance: float = 0.0
    target: float | None = None

    @property
    def gained(self) -> float:
        """How much better it is; negative where it is worse."""
        return (self.after - self.before) if self.higher_is_better else (self.before - self.after)

    @property
    def is_regression(self) -> bool:
        """Worse by more than the tolerance."""
        return -self.gained > self.tolerance + 1e-12

    @property
    def is_reached(self) -> bool | None:
        if self.target is None:
            return None
        return self.after >= self.target if self.higher_is_better else self.after <= self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFigures:
    metrics: tuple[MetricChange, ...]
