"""What is wrong with a team's own framework, in the reader's words: the framework's checks speak English."""

from django.utils.translation import gettext_noop

from assessments.framework.notation import written
from assessments.speaking import said_again, speaks_german

_SENTENCES = (
    # changes.py
    gettext_noop("{n} are more than {most}"),
    gettext_noop("there is no framework {name}"),
    gettext_noop("is no path"),
    gettext_noop("longer than {most} characters"),
    gettext_noop("has characters that are no text"),
    gettext_noop("nothing fills {name}"),
    gettext_noop("a brace stands alone"),
    gettext_noop("is no number that can be counted with"),
    gettext_noop("must be a text, a number, true, false, a list or a table"),
    gettext_noop("there is no such value"),
    gettext_noop("there is no such value, and what is added must be a table"),
    gettext_noop("there is no part {name}; the parts are {names}"),
    gettext_noop("needs the key of a row"),
    gettext_noop("needs the name of a value"),
    gettext_noop("is there already; change its values one by one"),
    gettext_noop("{name} is what it is; add a new one instead"),
    gettext_noop("the key of what is added must be small letters, digits and _, at most 40"),
    gettext_noop("needs a section, one of {names}"),
    gettext_noop('a question of one\'s own has place = "answers" and kind = "choice"'),
    gettext_noop("must be true, or not stand there"),
    gettext_noop("this cannot be switched off"),
    gettext_noop("other things rest on this question: it cannot be switched off"),
    # framework_file.py
    gettext_noop("larger than 1 MB"),
    gettext_noop("this is neither TOML nor JSON: {reason}"),
    gettext_noop("is no part of such a file"),
    gettext_noop("must be a table of values by their paths"),
    gettext_noop("must be a text of 1 to {most} characters"),
    # own_texts.py
    gettext_noop("must be a list of {names}, each once, the main one first"),
    gettext_noop("must be a table of texts for each further language"),
    gettext_noop("must be a table of texts by their paths"),
    gettext_noop("is no further language of this framework"),
    gettext_noop("stands for no text among the changes"),
    gettext_noop("must be a text; leave it out where there is none"),
    gettext_noop("the blanks {names} are not the same"),
    # strict.py
    gettext_noop("invalid value for type, expected an iterable"),
    gettext_noop("invalid value for type, expected {kind}"),
    gettext_noop("invalid value"),
    gettext_noop("required field missing"),
    gettext_noop("extra fields found ({names})"),
    gettext_noop("expected a mapping"),
    # checks/kinds.py
    gettext_noop("{name} stands there twice"),
    gettext_noop("missing or unknown {names}"),
    gettext_noop("{value} is not one of {choices}"),
    gettext_noop("no question {names}"),
    gettext_noop("no answer {names}"),
    gettext_noop("no approach {names}"),
    gettext_noop("no criterion {names}"),
    gettext_noop("no kind of failure {names}"),
    gettext_noop("no kind of task {names}"),
    gettext_noop("no outcome {names}"),
    gettext_noop("no reason {names}"),
    gettext_noop("no source {names}"),
    gettext_noop("no threshold {names}"),
    gettext_noop("no number {names}"),
    gettext_noop("no fact {names}"),
    gettext_noop("no gate {names}"),
    gettext_noop("no group {names}"),
    gettext_noop("no code {names}"),
    gettext_noop("no writing {names}"),
    gettext_noop("no such input"),
    gettext_noop("no {names}"),
    # the other checks
    gettext_noop("{text} states no condition"),
    gettext_noop("asks for a gate; gates ask for answers, facts and numbers alone, so that none waits for another"),
    gettext_noop("waits for itself, in a circle"),
    gettext_noop("{name} has no columns"),
    gettext_noop("thresholds or another number make a choice, and a number needs none"),
    gettext_noop("must stand in this order: {names}"),
    gettext_noop("must be one of {names}"),
    gettext_noop("must be a year, like 2025"),
    gettext_noop("must be above 0"),
    gettext_noop("must not be below 0"),
    gettext_noop("must not be below 0, nor all 0"),
    gettext_noop("must be 1 or more"),
    gettext_noop("must be 1 or more, and not above examples_to"),
    gettext_noop("moderate_from is above strong_above"),
    gettext_noop("is a share, so not above 1"),
    gettext_noop("not between 0 and 1"),
    gettext_noop("not from {least} to {most}"),
    gettext_noop("not in rising order from {least} to {most}"),
    gettext_noop("low and high belong together, and where a range is allowed"),
    gettext_noop("needs either likely or times_today"),
    gettext_noop("times_today of a number that is not taken over from today"),
    gettext_noop("how good the answers are is measured, not suggested"),
    gettext_noop("every weight is 0, so nothing is compared"),
    gettext_noop("a part is not from 0 to 1"),
    gettext_noop("must be {value}"),
)
"""As the checks make them, with names for what differs: where two fit, the first."""
_WITH_NUMBERS = ("longer than ", "not from ", "not in rising order ")


def told_of_framework(fault: str) -> str:
    """A fault with its place before it, which stays: the place is a path that the person can go to.

    >>> told_of_framework("thresholds.pilot_net: must not be below 0")
    'thresholds.pilot_net: must not be below 0'
    """
    parts = fault.split(": ")
    for ends in range(len(parts) - 1, 0, -1) if speaks_german() else ():
        place, sentence = ": ".join(parts[:ends]), ": ".join(parts[ends:])
        again = said_again(sentence, _SENTENCES)
        if again != sentence:
            return f"{place}: {written(again) if sentence.startswith(_WITH_NUMBERS) else again}"
    return fault
