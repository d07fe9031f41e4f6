"""The stored values of one assessment, and the document that they make."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from django.utils.translation import gettext as _

from assessments.engine.content_hash import content_hash
from assessments.engine.decide import decide, stability_of, verdict_on
from assessments.engine.decision import Decision, Robustness, Verdict
from assessments.engine.document import Document, document_from
from assessments.engine.fields import fault_in, fields_of
from assessments.engine.paths import Stated, document_of, values_of
from assessments.engine.result import Result, read_result
from assessments.engine.result_json import result_json
from assessments.framework import Framework
from assessments.framework.currency import USD
from assessments.framework.shown_in import in_currency
from assessments.models import Assessment, StoredValue
from assessments.models.list_entry import UNNAMED
from assessments.prepared import Prepared, given_id

from .market import framework_in_force

NAME = "use_case.name"
CURRENCY, EXCHANGE_RATE, EXCHANGE_RATE_DAY = "costs.currency", "costs.exchange_rate", "costs.exchange_rate_day"
NOTHING = Stated(value=None)


def named(name: str) -> str:
    """What a use case is called, in the reader's words where nobody named it."""
    return _(name) if name == UNNAMED else name


@dataclass(frozen=True)
class AnswerSheet:
    """An assessment with its values by path. Reading the sheet is one query."""

    framework: Framework
    values: Mapping[str, StoredValue]

    def __post_init__(self) -> None:
        """Shows amounts in the currency of the costs."""
        currency = self.value(CURRENCY) or USD
        object.__setattr__(self, "framework", in_currency(self.framework, str(currency)))

    @cached_property
    def raw(self) -> dict[str, Any]:
        """The document as JSON values, complete enough to decide on: an unnamed use case gets a name."""
        return document_of(self.stated)

    @cached_property
    def stated(self) -> dict[str, Stated]:
        """What there is, in the framework's order. Evidence without an answer is that of somebody who is unsure.

        Under a team's own framework an answer that was given under another one may be none any more: it is kept,
        and does not count.
        """
        found, fields = {NAME: Stated(value=UNNAMED)}, fields_of(self.framework)
        for path in (path for path in fields if path in self.values):
            said = stated(self.values[path])
            if self.framework.base and said.value is not None and fault_in(fields[path], said.value):
                continue
            if said.value is not None:
                found[path] = said
            elif _takes_unsure(self.framework, path) and (said.evidence or said.link):
                found[path] = replace(said, value="unsure")
        return found

    @cached_property
    def worked(self) -> "Worked":
        """All that is worked out from what is stated, which sheets that say the same share."""
        said = [
            (path, one.value, one.evidence, one.link, one.strength, one.origin) for path, one in self.stated.items()
        ]
        digest = hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).digest()
        return _worked(_Said(framework=self.framework, stated=self.stated, digest=digest))

    @property
    def document(self) -> Document:
        return self.worked.document

    @property
    def verdict(self) -> Verdict:
        """The decision, where it is worked out already; else the verdict alone, which is quicker."""
        return self.worked.verdict

    @property
    def stability(self) -> Robustness:
        """How settled the verdict is; without what would change it, where the decision is not worked out."""
        return self.worked.stability

    @property
    def may_tune(self) -> bool:
        """Whether an approach of tuning leads or could still come out."""
        return any(self.framework.approach[key].tuning for key in self.stability.possible_approaches)

    @property
    def decision(self) -> Decision:
        return self.worked.decision

    @cached_property
    def result(self) -> Result:
        """The decision as it would be stored."""
        return read_result(result_json(self.decision))

    @property
    def name(self) -> str:
        return named(str(self.stated[NAME].value))

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is not in it though it was answered: nothing, unless it is an extract."""
        return ()

    def value(self, path: str) -> Any:
        """What is stored there, or None."""
        stored = self.values.get(path)
        return stored.value if stored else None

    @cached_property
    def counted(self) -> Mapping[str, StoredValue]:
        """The values by path with what a stated number says where nobody answered."""
        derived = {path: StoredValue(path=path, value=one.value) for path, one in self.document.derived.items()}
        return {**self.values, **derived}

    def standing(self, key: str) -> Any:
        """What a question counts as: its answer, or what a number that is stated says, or None."""
        stored = self.counted.get(self.framework.questions[key].path)
        return stored.value if stored else None

    def version(self, path: str) -> int:
        """The version that a save of this value must have seen: 0 where nothing was ever stored."""
        stored = self.values.get(path)
        return stored.version if stored else 0

    def with_values(self, *rows: StoredValue) -> "AnswerSheet":
        """The same sheet after these values."""
        return AnswerSheet(self.framework, {**self.values, **{row.path: row for row in rows}})

    def with_weights(self, weights: Mapping[str, float]) -> "AnswerSheet":
        """The same sheet under other weights of the matrix, for looking only."""
        paths = {f"matrix.weights.{criterion.key}": criterion.key for criterion in self.framework.matrix.criteria}
        return self.with_values(
            *(StoredValue(path=path, value=weights.get(key), version=self.version(path)) for path, key in paths.items())
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Said:
    """What is stated, and the framework that it is read with, as one reader has it: equal where both are the same."""

    framework: Framework
    stated: Mapping[str, Stated]
    digest: bytes

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Said) and self.framework is other.framework and self.digest == other.digest


@dataclass(frozen=True)
class Worked:
    """What the engine makes of what is stated, each part when it is first asked for."""

    said: _Said

    @cached_property
    def document(self) -> Document:
        return document_from(self.said.framework, self.said.stated)

    @property
    def verdict(self) -> Verdict:
        decided: Verdict | None = vars(self).get("decision")
        return decided or self._verdict

    @cached_property
    def _verdict(self) -> Verdict:
        return verdict_on(self.said.framework, self.document)

    @property
    def stability(self) -> Robustness:
        decided: Decision | None = vars(self).get("decision")
        return decided.robustness if decided else self._stability

    @cached_property
    def _stability(self) -> Robustness:
        return stability_of(self.verdict)

    @cached_property
    def decision(self) -> Decision:
        return decide(self.said.framework, self.document)

    @cached_property
    def content_hash(self) -> str:
        """The hash of everything that a result shows."""
        return content_hash(document_of(self.said.stated), result_json(self.decision))


@lru_cache(maxsize=100)
def _worked(said: _Said) -> Worked:
    """What was worked out lately, some 80 kB each: what comes after one save is what was before the next, and what the
    pages between them show. Other answers, another market or another currency are another key, so that none can be
    stale; it tells nobody what they have not stated themselves.
    """
    return Worked(said)


def forget_verdicts() -> None:
    """For tests, of which some decide with stand-ins."""
    _worked.cache_clear()


def read_sheet(assessment: Assessment) -> AnswerSheet:
    return sheet_of(assessment, _VALUES.ask(assessment=assessment.pk))


_VALUES = Prepared(lambda: StoredValue.objects.filter(assessment=given_id("assessment", Assessment)))


def sheet_of(assessment: Assessment, values: Iterable[StoredValue]) -> AnswerSheet:
    return AnswerSheet(framework_in_force(assessment.framework), {value.path: value for value in values})


def sheet_of_document(framework: Framework, document: Mapping[str, Any]) -> AnswerSheet:
    """The sheet of a document that has been checked; nothing of it is stored."""
    return AnswerSheet(framework, {path: row_of(path, said) for path, said in values_of(document).items()})


def _takes_unsure(framework: Framework, path: str) -> bool:
    return path.startswith(("answers.", "legal.")) and "unsure" in fields_of(framework)[path].choices


def row_of(path: str, said: Stated) -> StoredValue:
    """The row of a value that is not stored yet."""
    return StoredValue(path=path, **asdict(said))


def stated(stored: StoredValue | None) -> Stated:
    """What is stored of a value, or that nothing is."""
    return NOTHING if stored is None else stored.said
