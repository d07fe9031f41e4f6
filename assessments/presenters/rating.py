"""A round of raters in words: how far they are, how far they agree, what each would decide, and what they differ on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.engine.measured.agreement import NumberAgreement, SectionAgreement, as_text, spread_of
from assessments.framework import Question

from .blind import AnotherAnswer, BlindPerson, DisputeView
from .control import unit_words
from .formats import count, counted, day, listed, number, percentage, points, share, share_span, spelt
from .measured.shown import beyond_chance_words, score_with_range
from .questionnaire import answer_words
from .words import lower

TAKE_ANOTHER = ("number", "day")
"""What can be settled on something that nobody said."""
FEW_QUESTIONS = 10
"""Below so many the range of their agreement is told as a rough one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    """How far people agree on the questions of one section, or on all."""

    title: str
    sentence: str
    about: str
    shares: str = ""
    """What is told of numbers of one kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictLine:
    name: str
    verdict: str
    is_other: bool
    """Whether it is another one than the assessment's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """What somebody wanted to settle, and could not: what they chose and typed, and what is wrong with it."""

    chosen: str
    typed: str
    seen: int
    """The version that their page had shown."""
    error: str = ""
    ways: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedQuestion:
    """One question with what everybody says to it, by name, and what the assessment says. None stands for nothing."""

    question: Question
    answers: Sequence[tuple[str, Any]]
    shares: Sequence[float | None] = ()
    """Of what each counted, where these are counts of one sample."""
    reasons: Sequence[tuple[str, str]]
    """Who wrote what shows it."""
    now: Any
    seen: int
    """The version of what stands."""
    settled: Any
    may_be_settled: bool
    sent_back: SentBack | None = None


def present_rater(name: str, state: str, answered: int, of: int, *, is_you: bool) -> BlindPerson:
    words = {"handed_in": _("Handed in"), "declined": _("Declined"), "gone": _("No longer a member")}
    return BlindPerson(
        name=_("You") if is_you else name,
        done=answered,
        of=of,
        words=words.get(
            state, _("{answered} of {questions} answered").format(answered=number(answered), questions=number(of))
        ),
    )


def present_rater_agreement(
    title: str, found: SectionAgreement, raters: int, *, briefly: bool = False
) -> AgreementLine:
    agreed = found.agreed
    if not agreed.of:
        return AgreementLine(title=title, sentence=_("No question was answered by two people."), about="")
    sentence = _("All who answered agree on {same} of {questions}, {share} ({span}).").format(
        same=number(agreed.count),
        questions=counted(agreed.of, "{n} question", "{n} questions"),
        share=share(agreed.share or 0),
        span=share_span(*agreed.interval),
    )
    about = _choices_words(found, raters, briefly=briefly)
    return AgreementLine(title=title, sentence=sentence, about=about, shares=_shares_words(found.shares))


def _choices_words(found: SectionAgreement, raters: int, *, briefly: bool) -> str:
    """How far agreement goes beyond chance on the questions that are answered on one scale; empty without any."""
    choices, measure = found.choices, _("Cohen’s kappa") if raters == 2 else _("Krippendorff’s alpha")
    many, value, low, high = choices.agreed.of, choices.beyond_chance, choices.low, choices.high
    if not many:
        return ""
    are_all = many == found.agreed.of
    on_these = ngettext(
        "On the {n} question answered yes, no or not sure: {said}",
        "On the {n} questions answered yes, no or not sure: {said}",
        many,
    )
    if value is None:
        said = _("How far that goes beyond chance cannot be said: everybody gives one and the same answer throughout.")
    elif briefly:
        said = f"{measure}: {score_with_range(value, low, high)}."
    elif are_all:
        said = beyond_chance_words(measure, value, low, high)
    else:
        said = _("{measure} {score}, where 0 is chance and 1 is full agreement.").format(
            measure=measure, score=score_with_range(value, low, high)
        )
    if not are_all:
        said = on_these.format(n=number(many), said=lower(said) if value is None else said)
    if value is not None and not briefly:
        if low is None:
            said = " ".join([said, _("So few answers differ that there is no range for it.")])
        elif many < FEW_QUESTIONS:
            rough = _("With {questions} that range is a rough one.")
            said = " ".join([said, rough.format(questions=spelt(many, "{n} question", "{n} questions"))])
    return said


def _shares_words(found: NumberAgreement | None) -> str:
    """How close people are in the shares of the kinds of failures; empty where too few were counted."""
    if found is None:
        return ""
    return _(
        "On the shares of {n} kinds of failures: Krippendorff’s alpha for numbers {score}, where 1 is the same shares "
        "throughout and 0 is no closer than any two shares that somebody named."
    ).format(n=number(found.items), score=score_with_range(found.alpha, found.low, found.high))


def present_verdicts(now: str, verdicts: Sequence[tuple[str, str]]) -> tuple[str, Sequence[VerdictLine]]:
    """How many verdicts their answers would give, and which."""
    different = len({verdict for _name, verdict in verdicts})
    if different == 1:
        if verdicts[0][1] == now:
            words = _("The answers of all {many} would give the same verdict")
        else:
            words = _("The answers of all {many} would give the same verdict, another one than the assessment’s")
        heading = words.format(many=count(len(verdicts)))
    else:
        words = _("Their answers would give {many} different verdicts")
        heading = words.format(many=count(different))
    lines = [VerdictLine(name=name, verdict=verdict, is_other=verdict != now) for name, verdict in verdicts]
    return heading, [VerdictLine(name=_("The assessment as it stands"), verdict=now, is_other=False), *lines]


def present_dispute(one: RatedQuestion) -> DisputeView:
    """A question to settle; what all agree on is chosen already."""
    question, said = one.question, [answer for _name, answer in one.answers if answer is not None]
    stands = _("Leave as it is: {answer}").format(
        answer=said_words(question, one.now) if one.now is not None else pgettext("within a sentence", "not answered")
    )
    texts = {as_text(answer) for answer in said}
    together = texts.pop() if len(texts) == 1 else ""
    settled = as_text(one.settled) if one.settled is not None else together
    return DisputeView(
        name=f"settle-{question.key}",
        text=asked_words(question),
        said=_said(one),
        reasons=one.reasons,
        choices=[("", stands), *_choices(one)],
        settled=one.sent_back.chosen if one.sent_back else settled,
        seen=str(one.seen),
        agreed=_agreed_words(question, said),
        spread=_spread_words(one),
        other=_other(question, one.sent_back),
        note="" if one.may_be_settled else _not_settled(said),
    )


def asked_words(question: Question) -> str:
    """What stands above the answers; counts of failures go by their short names."""
    return question.label if question.place == "failures" else question.ask


def said_words(question: Question, answer: Any) -> str:
    """An answer as the question has it."""
    if answer == "na" and question.na_label:
        return question.na_label
    return answer_words(question, answer)


def _said(one: RatedQuestion) -> Sequence[str]:
    """Who says what. Counts have their share beside them: people may have counted samples of another size."""
    left_out, shares = pgettext("question", "left out"), one.shares or [None] * len(one.answers)
    words = [left_out if answer is None else said_words(one.question, answer) for _name, answer in one.answers]
    words = [f"{said} ({_part(part)})" if part is not None else said for said, part in zip(words, shares, strict=True)]
    return [f"{name}: {said}" for (name, _answer), said in zip(one.answers, words, strict=True)]


def _part(of_a_sample: float) -> str:
    """As exact as the points between two of them are told."""
    return percentage(round(of_a_sample, 3))


def _choices(one: RatedQuestion) -> Iterator[tuple[str, str]]:
    """What a question can be settled on: one of its answers, or what somebody said, lowest first, with who did."""
    question = one.question
    if question.choices:
        yield from ((value, said_words(question, value)) for value in question.choices)
        return
    different = {as_text(answer): answer for _name, answer in one.answers if answer is not None}
    for text, answer in sorted(different.items(), key=lambda pair: _level(question, pair[1]) or 0):
        names = listed([name for name, other in one.answers if other is not None and as_text(other) == text])
        if _level(question, answer) is None:
            yield text, _("As {names} answered").format(names=names)
        else:
            yield text, _("{answer}, as {names} answered").format(answer=said_words(question, answer), names=names)


def _agreed_words(question: Question, said: Sequence[Any]) -> str:
    """How many say the same."""
    texts = [as_text(answer) for answer in said]
    most = max(texts, key=texts.count, default="")
    same = texts.count(most)
    if same < 2:
        return _("No two say the same")
    if question.kind in ("numbers", "rows"):
        return _("{same} of {people} say the same").format(same=number(same), people=number(len(said)))
    return _("{same} of {people} say “{answer}”").format(
        same=number(same), people=number(len(said)), answer=said_words(question, said[texts.index(most)])
    )


def _spread_words(one: RatedQuestion) -> str:
    """How far apart the lowest and the highest number are, and who says them."""
    question, names = one.question, [name for name, _answer in one.answers]
    levels = one.shares or [None if answer is None else _level(question, answer) for _name, answer in one.answers]
    found = spread_of(levels)
    if found is None or not found.apart:
        return ""
    lowest, highest, apart = (_level_words(one, level) for level in (found.lowest, found.highest, found.apart))
    words = _("Lowest {lowest} ({who}), highest {highest} ({others}): {apart} apart")
    if question.kind == "day":
        words = _("Earliest {lowest} ({who}), latest {highest} ({others}): {apart} apart")
        apart = counted(found.apart, "{n} day", "{n} days")
    elif one.shares or question.share:
        apart = points(found.apart)
    who, others = (listed([names[place] for place in places]) for places in (found.lowest_by, found.highest_by))
    return words.format(lowest=lowest, who=who, highest=highest, others=others, apart=apart)


def _level_words(one: RatedQuestion, level: float) -> str:
    """Without the unit, which stands beside what each says."""
    if one.shares:
        return _part(level)
    if one.question.kind == "day":
        return day(date.fromordinal(int(level)))
    return answer_words(replace(one.question, unit=""), level)


def _level(question: Question, answer: Any) -> float | None:
    """Where an answer stands on the scale of its question; None where it has none."""
    if question.kind == "number":
        return float(answer["likely"] if isinstance(answer, dict) else answer)
    return date.fromisoformat(answer).toordinal() if question.kind == "day" else None


def _other(question: Question, sent: SentBack | None) -> AnotherAnswer | None:
    """Numbers and days can be settled on something between what was said."""
    if question.kind not in TAKE_ANOTHER:
        return None
    is_day = question.kind == "day"
    return AnotherAnswer(
        label=_("Or another day, which counts then") if is_day else _("Or another number, which counts then"),
        is_day=is_day,
        typed=sent.typed if sent else "",
        prefix=question.prefix,
        unit=unit_words(question),
        error=sent.error if sent else "",
        ways=sent.ways if sent else (),
    )


def _not_settled(said: Sequence[Any]) -> str:
    if len(said) < 2:
        return _("Fewer than two people answered this: there is nothing to settle.")
    return _("The assessment’s framework no longer asks this as it was asked. What was said is kept here.")
