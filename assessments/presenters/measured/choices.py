"""What only a person can say of a file: each a labelled control, with what was guessed or chosen before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from assessments.engine.measured.found import Choices, FileChoice, WhatWasRead
from assessments.framework import Framework

from ..control import Choice
from ..words import in_words
from .encodings import encoding_words

_FIELD = "choice."
_CONFIRMED = ("real_cases", "graded_by")
"""Nothing is proposed before somebody has said these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceControl:
    """One choice as a control: a list, a text, or boxes to tick where several can be chosen."""

    name: str
    anchor: str
    label: str
    about: str
    """What of the file it is about; empty where it is about all of it."""
    options: Sequence[Choice]
    typed: str
    takes_many: bool
    is_needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesView:
    asked: Sequence[ChoiceControl]
    """Without these nothing can be computed."""
    others: Sequence[ChoiceControl]
    """How it was read; each can be changed."""


def present_choices(framework: Framework, read: WhatWasRead) -> ChoicesView:
    controls = [_control(framework, choice, place) for place, choice in enumerate(_choices(read))]
    return ChoicesView(
        asked=[one for one in controls if one.is_needed], others=[one for one in controls if not one.is_needed]
    )


def _choices(read: WhatWasRead) -> Iterator[FileChoice]:
    """Each key once: what two finds ask alike is answered for both. First what may make a refused file readable."""
    kept: dict[str, FileChoice] = {}
    of_each = [one.choices for one in read.refused] + [one.choices for one in read.found]
    for choice in chain.from_iterable(of_each):
        kept.setdefault(choice.key, choice)
    yield from kept.values()


def _control(framework: Framework, choice: FileChoice, place: int) -> ChoiceControl:
    chosen = (choice.chosen,) if isinstance(choice.chosen, str) else choice.chosen
    options = [
        Choice(
            value=one.value,
            label=encoding_words(one.label) or _option_words(framework, choice.key, one.value),
            checked=one.value in chosen,
        )
        for one in choice.options
    ]
    return ChoiceControl(
        name=f"{_FIELD}{choice.key}",
        anchor=f"choice-{place}",
        label=in_words(framework, framework.reading.choice(choice.key), {"about": choice.about}),
        about=choice.about,
        options=options,
        typed=chosen[0] if chosen else "",
        takes_many=not isinstance(choice.chosen, str),
        is_needed=choice.is_needed or (choice.key in _CONFIRMED and not choice.chosen),
    )


def _option_words(framework: Framework, key: str, value: str) -> str:
    """What an option is called that is no text of the file: by reading.toml, else as a failure mode or an approach."""
    texts = framework.reading
    if key.partition(".")[0] == "what":
        return texts.kinds[value]
    if value in texts.options or value in texts.kinds:
        return in_words(framework, texts.options.get(value) or texts.kinds[value])
    if value in framework.questions:
        return framework.questions[value].label
    return framework.approach[value].name if value in framework.approach else value or _("None of these")


def read_choices(read: WhatWasRead, before: Choices, posted: Mapping[str, Sequence[str]]) -> Choices:
    """What a person chose now, over what was chosen before. What was guessed and left alone stays a guess."""
    chosen = dict(before)
    for choice in _choices(read):
        name = f"{_FIELD}{choice.key}"
        many = not isinstance(choice.chosen, str)
        if name not in posted and not (many and f"{name}-shown" in posted):
            continue
        values = {one.value for one in choice.options}
        sent = [value for value in posted.get(name, ()) if not values or value in values or value == ""]
        value: str | tuple[str, ...] = tuple(sent) if many else (sent[0] if sent else "")
        if value != choice.chosen or not choice.is_guess or choice.is_needed:
            chosen[choice.key] = value
    return chosen
