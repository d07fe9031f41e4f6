"""A framework tried before anybody is judged by it: what it makes of the published cases, beside another one. [ours]

The cases are parted into two halves by their groups, always in the same way. While somebody chooses rules they see
one half. The other is kept aside until they publish: rules that were chosen to fit what was looked at show on it how
they do where nobody looked (over-fitting; Stone 1974, cross-validatory choice and assessment).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assessments.framework.schema import Framework

from .back_test import CheckedCase, back_test, check
from .document import Document
from .facts import Ground, ground_of
from .verdict import enough_answered, judge, judge_each


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedCase:
    """A published case whose verdict is another one."""

    before: CheckedCase
    after: CheckedCase


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesTried:
    """The same cases under two frameworks."""

    before: Sequence[CheckedCase]
    after: Sequence[CheckedCase]

    @property
    def of(self) -> int:
        return len(self.after)

    @property
    def right_before(self) -> int:
        return sum(case.right for case in self.before)

    @property
    def right_after(self) -> int:
        return sum(case.right for case in self.after)

    @property
    def moved(self) -> tuple[MovedCase, ...]:
        return tuple(
            MovedCase(before=before, after=after)
            for before, after in zip(self.before, self.after, strict=True)
            if before.approach != after.approach
        )


def try_on_cases(before: Framework, after: Framework, *, kept_aside: bool) -> CasesTried:
    """One half of the cases of the second framework: the one to look at, or the one that is kept aside."""
    aside = cases_kept_aside(after)
    cases = [case for case in after.precedents.cases if (case.key in aside) == kept_aside]
    earlier, later = _by_key(before), _by_key(after)
    return CasesTried(
        before=[earlier.get(case.key) or check(before, case) for case in cases],
        after=[later[case.key] for case in cases],
    )


@lru_cache(maxsize=32)
def try_on_own_cases(before: Framework, after: Framework) -> CasesTried:
    """The team's own cases of the second framework, counted apart: none of them is kept aside."""
    cases = after.precedents.own
    return CasesTried(
        before=[check(before, case) for case in cases],
        after=[check(after, case) for case in cases],
    )


def _by_key(framework: Framework) -> Mapping[str, CheckedCase]:
    return {checked.case.key: checked for checked in back_test(framework).checked}


def cases_kept_aside(framework: Framework) -> frozenset[str]:
    """The keys of one half: groups go whole, the largest first, each to the half that has fewer cases."""
    groups: dict[str, list[str]] = {}
    for case in framework.precedents.cases:
        groups.setdefault(case.group, []).append(case.key)
    halves: tuple[list[str], list[str]] = ([], [])
    for _, keys in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        min(halves, key=len).extend(keys)
    return frozenset(halves[1])


def levers_of(framework: Framework, documents: Sequence[Document]) -> list[str]:
    """The approach that the verdict on each of these names, empty before there is one: together, as that is quicker.

    What was measured is judged one by one, since each measurement chooses for itself.
    """
    found, together = [""] * len(documents), dict[int, Ground]()
    for place, document in enumerate(documents):
        begun = enough_answered(framework, document)
        if not begun and document.comparison is None:
            continue
        ground = ground_of(framework, document, as_investments=False)
        if document.comparison is None:
            together[place] = ground
            continue
        judged = judge(ground)
        found[place] = judged.leads if judged.measured or begun else ""
    if together:
        keys = tuple(framework.approach)
        for place, row in zip(together, judge_each(list(together.values())).approach, strict=True):
            found[place] = keys[row]
    return found
