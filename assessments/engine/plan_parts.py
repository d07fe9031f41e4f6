"""What a plan, a piece of guidance and a checklist consist of, once an assessment has filled them in."""

from dataclasses import dataclass
from typing import Any, Literal

from assessments.framework.guide import Advice, ApproachGuide, ModelChoice, Passage, Pattern, Point, TuningMethod
from assessments.framework.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do. `done_by` is the question whose answer shows that it is done, or empty."""

    text: str
    source: Source
    done_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase of a plan. Weeks count from 1; both are 0 where it is done or takes no weeks of its own."""

    key: str
    title: str
    tasks: tuple[Task, ...]
    gate: Passage
    gate_answer: str = ""
    when: str = ""
    first_week: int = 0
    last_week: int = 0

    @property
    def done(self) -> bool:
        return bool(self.tasks) and all(task.done_by for task in self.tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Cases to look at apart: because so many failures were counted, or because of that answer."""

    text: str
    source: Source
    count: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do next, made concrete with the numbers of one assessment."""

    key: str
    title: str
    weeks: int
    phases: tuple[Phase, ...]
    measures: tuple[Passage, ...]
    slices: tuple[Slice, ...]

    def to_json(self) -> list[dict[str, Any]]:
        return [
            {
                "phase": phase.key,
                "title": phase.title,
                "done": phase.done,
                "weeks": [phase.first_week, phase.last_week] if phase.first_week else None,
                "tasks": [{"text": task.text, "done_by": task.done_by or None} for task in phase.tasks],
                "gate": phase.gate.text,
            }
            for phase in self.phases
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """What to know about the recommended approach. Method and pattern are None where nothing is tuned."""

    guide: ApproachGuide
    method: TuningMethod | None
    method_because: Advice | None
    pattern: Pattern | None
    pattern_because: Advice | None
    choices: tuple[ModelChoice, ...]
    """The model choices that this approach amounts to."""

    def to_json(self) -> dict[str, Any]:
        return {
            "works_when": self.guide.works.text,
            "fails_when": self.guide.fails.text,
            "method": self.method and self.method.key,
            "method_because": self.method_because and self.method_because.because,
            "pattern": self.pattern and self.pattern.key,
            "pattern_because": self.pattern_because and self.pattern_because.because,
            "model_choices": [choice.key for choice in self.choices],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PointState:
    """One point of a checklist: met by an answer, ticked by the team, or open."""

    point: Point
    text: str
    state: Literal["met", "ticked", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistState:
    key: str
    title: str
    about: str
    points: tuple[PointState, ...]

    @property
    def done(self) -> int:
        return sum(point.state != "open" for point in self.points)

    def to_json(self) -> dict[str, Any]:
        return {"done": self.done, "of": len(self.points), "open": self._codes("open"), "ticked": self._codes("ticked")}

    def _codes(self, state: str) -> list[str]:
        return [point.point.code for point in self.points if point.state == state]
