"""A round of raters in words: how far they are, how far they agree, what each would decide, and what they differ on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.engine.measured.agreement import RaterAgreement
from assessments.framework import Question

from .blind import BlindPerson, DisputeView
from .formats import ANSWER_WORDS, count, counted, number, share, share_span, spelt
from .measured.shown import beyond_chance_words, score_with_range

FEW_QUESTIONS = 10
"""Below so many the range of their agreement is told as a rough one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    """How far people agree on the questions of one section, or on all."""

    title: str
    sentence: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictLine:
    name: str
    verdict: str
    is_other: bool
    """Whether it is another one than the assessment's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedQuestion:
    """One question with what everybody says to it, by name, and what the assessment says."""

    question: Question
    answers: Sequence[tuple[str, str]]
    reasons: Sequence[tuple[str, str]]
    """Who wrote what shows it."""
    now: str
    seen: int
    """The version of what stands."""
    settled: str
    may_be_settled: bool


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


def present_rater_agreement(title: str, found: RaterAgreement, raters: int, *, briefly: bool = False) -> AgreementLine:
    agreed, measure = found.agreed, _("Cohen’s kappa") if raters == 2 else _("Krippendorff’s alpha")
    if not agreed.of:
        return AgreementLine(title=title, sentence=_("No question was answered by two people."), about="")
    sentence = _("All who answered agree on {same} of {questions}, {share} ({span}).").format(
        same=number(agreed.count),
        questions=counted(agreed.of, "{n} question", "{n} questions"),
        share=share(agreed.share or 0),
        span=share_span(*agreed.interval),
    )
    if found.beyond_chance is None:
        about = _("How far that goes beyond chance cannot be said: everybody gives one and the same answer throughout.")
    elif briefly:
        about = f"{measure}: {score_with_range(found.beyond_chance, found.low, found.high)}."
    else:
        about = beyond_chance_words(measure, found.beyond_chance, found.low, found.high)
        if found.low is None:
            about = " ".join([about, _("So few answers differ that there is no range for it.")])
        elif agreed.of < FEW_QUESTIONS:
            rough = _("With {questions} that range is a rough one.")
            about = " ".join([about, rough.format(questions=spelt(agreed.of, "{n} question", "{n} questions"))])
    return AgreementLine(title=title, sentence=sentence, about=about)


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
    question, said = one.question, [answer for _name, answer in one.answers if answer]
    most = max(said, key=said.count, default="")
    together = len(set(said)) == 1
    same = said.count(most)
    if same > 1:
        agreed = _("{same} of {people} say “{answer}”").format(
            same=number(same), people=number(len(said)), answer=_words(question)(most)
        )
    else:
        agreed = _("No two say the same")
    stands = _("Leave as it is: {answer}").format(
        answer=_words(question)(one.now) if one.now else pgettext("within a sentence", "not answered")
    )
    left_out = pgettext("question", "left out")
    return DisputeView(
        name=f"settle-{question.key}",
        text=question.ask,
        said=[f"{name}: {_words(question)(answer) if answer else left_out}" for name, answer in one.answers],
        reasons=one.reasons,
        choices=[("", stands), *((value, _words(question)(value)) for value in question.choices)],
        settled=one.settled or (most if together else ""),
        seen=str(one.seen),
        agreed=agreed,
        note="" if one.may_be_settled else _not_settled(said),
    )


def _not_settled(said: Sequence[str]) -> str:
    if len(said) < 2:
        return _("Fewer than two people answered this: there is nothing to settle.")
    return _("The assessment’s framework no longer asks this as it was asked. What was said is kept here.")


def differ(one: RatedQuestion) -> bool:
    """Whether those who answered say different things."""
    return len({answer for _name, answer in one.answers if answer}) > 1


def _words(question: Question) -> Callable[[str], str]:
    names: Mapping[str, str] = ANSWER_WORDS | ({"na": question.na_label} if question.na_label else {})
    return lambda answer: names.get(answer, answer)
