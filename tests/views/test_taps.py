"""How much work the questionnaire is: what a person fills in, chooses and presses for a typical use case."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.services.answer_sheet import read_sheet
from assessments.steps import folded_away, progress

from ..pages import Page
from ..visits import FRAMEWORK, control_of, open_section, questions_of, section_url

pytestmark = pytest.mark.django_db

MOST = 60
"""There were 85 before numbers answered questions, and before one press said no to the rest of a group."""
TYPICAL: dict[str, str] = {
    "name": "Ticket routing",
    "task_kind": "classification",
    "goal": "labels",
    "monthly_requests": "40000",
    # three of nine kinds of failures came up in the sample, and the weeks are pasted at once
    "wrong_class": "41",
    "missing_knowledge": "6",
    "should_abstain": "9",
    "override_weeks": "31, 29, 33, 34, 38, 41",
    "labelled_examples": "1400",
    "reviewed_examples": "1200",
    "reviewer_agreement": "0.9",
    "api_savings": "1500",
    "quality_value": "800",
    "inference_cost": "400",
}
YES = {
    *("root_cause_known", "inconsistent_format", "target_missed", "prompt_variations", "multiple_models"),
    *("few_shot_used", "prompt_structured", "prompt_optimizer_tried", "consistent_behavior", "cost_optimization"),
    *("narrow_repeated_task", "learnable_from_examples", "behavior_stable", "eval_set", "production_representative"),
    *("owner_named", "fallback_path", "tuning_available", "newest_model_tried", "teacher_labels"),
}
OF_A_SAMPLE = {question.key for question in FRAMEWORK if question.place == "failures"}


def is_optional(path: str) -> bool:
    """Whether nobody has to give this number, so that the answer may have to be given itself."""
    return next(question for question in FRAMEWORK if question.path == path).optional


@dataclass
class Person:
    """Somebody with a browser who counts what they do."""

    client: Client
    assessment: Assessment
    taps: int = 0

    def answers(self, section: str) -> None:
        """Everything that the page asks for, as little as it takes."""
        sheet = read_sheet(self.assessment)
        form, away = open_section(self.client, self.assessment, section), folded_away(sheet)
        for question in questions_of(section):
            key, optional = question.key, question.optional and question.key not in TYPICAL
            if key in away or optional or sheet.standing(key) is not None or (key in OF_A_SAMPLE - TYPICAL.keys()):
                continue
            if question.derived and question.kind == "choice" and not is_optional(question.derived.of):
                continue  # the page says which number answers it
            if question.kind == "choice" and key not in YES and question.rest_is_no:
                continue  # one press at the end of its group
            form[control_of(key)] = TYPICAL.get(key, "yes" if key in YES else "no")
            self.taps += 1
        self.presses_no_to_the_rest(section, form)

    def presses_no_to_the_rest(self, section: str, form: dict[str, str]) -> None:
        """Of every group that offers it once what applies is chosen; what is left is answered one by one."""
        url = section_url(self.assessment, section)
        self.client.post(url, form | {"stay": "1"})
        for button in Page(self.client.get(url)).all("button"):
            if button.get("name") == "rest":
                self.client.post(
                    url, open_section(self.client, self.assessment, section) | {"rest": button.get("value")}
                )
                self.taps += 1
        sheet = read_sheet(self.assessment)
        left = [
            question.key
            for question in questions_of(section)
            if question.rest_is_no and question.key not in folded_away(sheet) and sheet.standing(question.key) is None
        ]
        self.client.post(
            url, open_section(self.client, self.assessment, section) | dict.fromkeys(left, "no") | {"stay": "1"}
        )
        self.taps += len(left)

    def goes_on(self, section: str, button: str) -> Any:
        form = open_section(self.client, self.assessment, section) | {button: "1"}
        self.taps += 1
        return self.client.post(section_url(self.assessment, section), form)


def test_everything_that_counts_is_answered_in_sixty_taps_and_the_last_one_shows_the_verdict(
    owner: Any, assessment: Any
) -> None:
    person = Person(owner, assessment)
    wanted = [one.key for one in FRAMEWORK.sections if not all(question.optional for question in one.questions)]
    section, last = wanted[0], wanted[-1]
    while section != last:
        person.answers(section)
        _, section = person.goes_on(section, "continue")["Location"].rstrip("/").rsplit("/", 1)
    person.answers(last)
    response = person.goes_on(last, "verdict")
    assert response["Location"] == reverse("result", args=[assessment.pk])
    sheet = read_sheet(assessment)
    open_yet = [status.section.key for status in progress(sheet).sections if status.of and status.state != "done"]
    assert open_yet == []
    assert sheet.verdict.has_begun
    assert person.taps <= MOST, person.taps


def test_the_quick_answer_takes_thirteen(owner: Any, assessment: Any) -> None:
    person = Person(owner, assessment)
    person.answers("quick")
    person.goes_on("quick", "continue")
    assert person.taps <= len(FRAMEWORK.quick.questions) + 1
    assert read_sheet(assessment).verdict.has_begun
