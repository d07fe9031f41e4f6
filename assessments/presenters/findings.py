"""Misuses and contradictions as the pages show them: a sentence, what raised it, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from assessments.engine.decision import Finding
from assessments.framework import Framework, Section
from assessments.speaking import SpokenWords

from .words import finding_in_words, in_words

SEVERITY_WORDS = SpokenWords(
    high=gettext_noop("Serious"), medium=gettext_noop("Worth a look"), low=gettext_noop("Small")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedBy:
    key: str
    label: str
    section: Section


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    code: str
    kind: str
    severity: str
    severity_word: str
    message: str
    what_to_do: str
    raised_by: Sequence[RaisedBy]


def present_findings(framework: Framework, findings: Sequence[Finding]) -> Sequence[FindingView]:
    return [
        FindingView(
            code=finding.code,
            kind=finding.kind,
            severity=finding.severity,
            severity_word=SEVERITY_WORDS[finding.severity],
            message=finding_in_words(framework, finding.code, finding.figures),
            what_to_do=in_words(framework, framework.finding[finding.code].what_to_do),
            raised_by=[
                RaisedBy(key=key, label=framework.questions[key].label, section=framework.section_of[key])
                for key in finding.keys
            ],
        )
        for finding in findings
    ]
