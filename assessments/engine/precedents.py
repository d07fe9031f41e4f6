"""The published cases that are most like an assessment.

Source: ours (docs/method.md, section 7). Successes are published more often than failures, so how many
cases went one way is no probability.
"""

from collections import Counter

from assessments.framework.precedents import Precedent
from assessments.framework.schema import Framework

from .decision import Diagnosis, SimilarCase
from .document import Document

KIND = "task_kind"
FAILURE_GROUP = "failure_group"
"""What a case is similar in beside answers; an answer's code is its key and what both sides say: `brand_voice.yes`."""


def similar(framework: Framework, document: Document, diagnosis: Diagnosis) -> tuple[SimilarCase, ...]:
    """The most similar cases, most similar first; of one group only as many as the framework allows.

    Ties: better evidence first, then newer, then by key, so that the order of the cases in the
    framework does not matter.
    """
    rules = framework.precedents.similarity
    grades = [grade.key for grade in framework.precedents.evidence_grades]

    def rank(found: SimilarCase) -> tuple[int, int, int, str]:
        return (-found.similarity, grades.index(found.case.evidence), -found.case.year, found.case.key)

    matches = [_match(framework, document, diagnosis, case) for case in framework.precedents.cases]
    of_group: Counter[str] = Counter()
    chosen = []
    for found in sorted(matches, key=rank):
        of_group[found.case.group] += 1
        if of_group[found.case.group] <= rules.most_of_one_group:
            chosen.append(found)
    return tuple(chosen[: rules.shown])


def _match(framework: Framework, document: Document, diagnosis: Diagnosis, case: Precedent) -> SimilarCase:
    """How similar one case is: points for the kind of task, for each answer, and for what fails most.

    An answer counts where both sides know it: for where they agree, against where they differ. What
    both need is told before what neither needs.
    """
    rules = framework.precedents.similarity
    points, because, also_no = 0, [], []
    if case.task_kind == document.use_case.get("task_kind"):
        points += rules.same_kind
        because.append(KIND)
    if diagnosis.dominant and diagnosis.dominant == _failure_group(framework, case):
        points += rules.same_failure_group
        because.append(FAILURE_GROUP)
    for question in rules.questions:
        here, there = document.answers.value(question.key), case.answers.get(question.key)
        if {here, there} == {"yes", "no"}:
            points -= rules.same_answer
        elif here == there == "yes":
            points += rules.same_answer
            because.append(f"{question.key}.yes")
        elif here == there == "no":
            points += rules.same_answer
            also_no.append(f"{question.key}.no")
    return SimilarCase(case=case, similarity=points, because=(*because, *also_no))


def _failure_group(framework: Framework, case: Precedent) -> str | None:
    """The group of the failure that dominates in a case, None where the case does not state one."""
    return next((group.key for group in framework.failure_groups if case.dominant_failure in group.modes), None)
