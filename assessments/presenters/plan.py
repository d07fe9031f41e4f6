"""The plan in words: weeks, gates, what is done already, what to measure, and the checklists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.engine.decision import ChecklistState, Decision, Phase, PointState, Slice, Task

from .control import Stored
from .formats import count, number
from .review import answer_row
from .within import set_apart
from .words import in_words, lower, shortened, small, starting

_SAMPLE = "failures"
_LONGEST_ANSWER = _LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """One thing to do. `done` says which answer shows that it is done, or is empty."""

    text: str
    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseView:
    when: str
    title: str
    state: Literal["done", "now", "later"]
    tasks: Sequence[TaskView]
    gate: str
    now: str
    """How things stand at the gate, or empty."""

    @property
    def gate_within(self) -> str:
        """The gate as it stands after “Go on if”."""
        return set_apart(self.gate, lower(self.gate))


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceView:
    text: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointView:
    """One point of a checklist. A point that is met names the answer, and where it was given."""

    code: str
    text: str
    state: Literal["met", "ticked", "open"]
    because: str
    section: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistView:
    key: str
    title: str
    about: str
    words: str
    points: Sequence[PointView]
    open: bool
    """Whether it is shown unfolded: the first one, and any that the team works with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    heading: str
    note: str
    phases: Sequence[PhaseView]
    measures: Sequence[str]
    slices: Sequence[SliceView]
    checklists: Sequence[ChecklistView]
    ticked: str
    """The codes that are ticked, as the page remembers them."""


def present_plan(decision: Decision, answers: Mapping[str, Stored]) -> PlanView:
    framework, plan = decision.framework, decision.plan
    texts = framework.guide.plan
    title = texts.plan[plan.key].titles.get(decision.action, texts.plan[plan.key].title)
    first = next((phase for phase in plan.phases if not phase.done), None)
    return PlanView(
        heading=in_words(framework, title, {"weeks": plan.weeks}),
        note=_note(plan.phases),
        phases=[_phase(decision, phase, answers, first=phase is first) for phase in plan.phases],
        measures=[texts.measure[key].text for key in plan.measures],
        slices=[SliceView(text=_slice(decision, one), because=_because(decision, one)) for one in plan.slices],
        checklists=[
            _checklist(decision, checklist, answers, first=checklist is decision.checklists[0])
            for checklist in decision.checklists
        ],
        ticked=" ".join(
            point.point.code
            for checklist in decision.checklists
            for point in checklist.points
            if point.state == "ticked"
        ),
    )


def _note(phases: Sequence[Phase]) -> str:
    done = sum(phase.done for phase in phases)
    if not done:
        return _("Stop where a condition fails.")
    words = ngettext(
        "Stop where a condition fails. {Done} of {steps} steps is done already, by your answers.",
        "Stop where a condition fails. {Done} of {steps} steps are done already, by your answers.",
        done,
    )
    return words.format(Done=starting(count(done)), steps=count(len(phases)))


def _phase(decision: Decision, phase: Phase, answers: Mapping[str, Stored], *, first: bool) -> PhaseView:
    framework, text = decision.framework, decision.framework.guide.plan.phase[phase.key]
    figures = decision.plan.figures
    return PhaseView(
        when=_("Done") if phase.done else text.calendar or _weeks_words(phase),
        title=text.title,
        state="done" if phase.done else "now" if first else "later",
        tasks=[
            TaskView(
                text=in_words(framework, framework.guide.plan.task[task.code].text, figures),
                done=_done_words(decision, task, answers),
            )
            for task in phase.tasks
        ],
        gate=in_words(framework, text.gate.text, figures),
        now=_answer(decision, text.gate_answer, answers) if text.gate_answer else "",
    )


def _weeks_words(phase: Phase) -> str:
    if phase.first_week == phase.last_week:
        return _("Week {week}").format(week=phase.first_week)
    return _("Weeks {first} to {last}").format(first=phase.first_week, last=phase.last_week)


def _done_words(decision: Decision, task: Task, answers: Mapping[str, Stored]) -> str:
    if task.done_by == _SAMPLE:
        return _("{n} failures counted").format(n=number(decision.diagnosis.sample))
    return _answer(decision, task.done_by, answers) if task.done_by else ""


def _answer(decision: Decision, key: str, answers: Mapping[str, Stored]) -> str:
    """A question and its answer, or an empty string where there is none."""
    framework = decision.framework
    words = answer_row(framework.section_of[key], framework.questions[key], answers).words
    return f"{framework.questions[key].label}: {shortened(small(words), _LONGEST_ANSWER)}" if words else ""


def _slice(decision: Decision, one: Slice) -> str:
    text = decision.framework.guide.plan.slice[one.code].text
    return in_words(decision.framework, text, {"label": shortened(one.label, _LONGEST_LABEL)})


def _because(decision: Decision, one: Slice) -> str:
    if one.count:
        return _("{n} in your sample").format(n=number(one.count))
    if not one.key:
        return ""
    return _("You answered yes: {question}").format(question=decision.framework.questions[one.key].label)


def _checklist(
    decision: Decision, checklist: ChecklistState, answers: Mapping[str, Stored], *, first: bool
) -> ChecklistView:
    return ChecklistView(
        key=checklist.checklist.key,
        title=checklist.checklist.title,
        about=checklist.checklist.about,
        words=checklist_words(checklist),
        points=[_point(decision, point, answers) for point in checklist.points],
        open=(first and decision.is_tuning) or any(point.state == "ticked" for point in checklist.points),
    )


def checklist_words(checklist: ChecklistState) -> str:
    return _("{done} of {points} done").format(done=checklist.done, points=len(checklist.points))


def _point(decision: Decision, state: PointState, answers: Mapping[str, Stored]) -> PointView:
    key, text = state.point.proved_by, in_words(decision.framework, state.point.text)
    if state.state != "met":
        return PointView(code=state.point.code, text=text, state=state.state, because="")
    return PointView(
        code=state.point.code,
        text=text,
        state="met",
        because=_answer(decision, key, answers),
        section=decision.framework.section_of[key].key,
        anchor=f"q-{key}",
    )
