"""The words of a framework in its further languages, as they are edited, and those that are still missing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.framework.changes import OwnFramework
from assessments.framework.notation import ENGLISH, GERMAN
from assessments.framework.own_texts import LANGUAGES, OwnText
from assessments.speaking import SpokenWords

LANGUAGE_NAMES = SpokenWords({ENGLISH: gettext_noop("English"), GERMAN: gettext_noop("German")})
IN_LANGUAGE = SpokenWords({ENGLISH: gettext_noop("In English"), GERMAN: gettext_noop("In German")})
_MISSING = SpokenWords(
    {
        ENGLISH: gettext_noop("No English yet: everybody sees the text above."),
        GERMAN: gettext_noop("No German yet: everybody sees the text above."),
    }
)
_LONG = 60
"""Characters from which on a text has several lines to be typed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedWords:
    """What is said for one text of the team's own in a further language."""

    path: str
    """Its name on the page and in what is saved: words, the language and the path of the text."""
    language: str
    text: str
    """What it stands for."""
    said: str
    typed: str | None = None
    """What somebody typed and could not be saved."""
    fault: str = ""

    @property
    def seen(self) -> str:
        """What is said as the page sends it back, to tell whether somebody else has changed it meanwhile."""
        return json.dumps(self.said or None, ensure_ascii=False)

    @property
    def shown(self) -> str:
        return self.said if self.typed is None else self.typed

    @property
    def label(self) -> str:
        return IN_LANGUAGE[self.language]

    @property
    def missing(self) -> str:
        """That there is none yet, in a sentence; empty where there is one."""
        return "" if self.said else _MISSING[self.language]

    @property
    def is_long(self) -> bool:
        return max(len(self.text), len(self.said)) > _LONG


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingWords:
    """What of a framework's own texts has no words yet in one of its languages."""

    sentence: str
    links: Sequence[tuple[str, str, str]]
    """Each text, the page on which its words are typed, and where on it; without a page only the file can say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChoice:
    """Languages that a framework can be in."""

    value: str
    words: str
    is_chosen: bool


def edited_words(own: OwnFramework, one: OwnText, *, is_built_in: bool) -> Sequence[EditedWords]:
    """Its words in every further language. A text that is built in has some already."""
    found = [
        EditedWords(
            path=f"words.{language}.{one.path}",
            language=language,
            text=one.text,
            said=own.words.get(language, {}).get(one.path, ""),
        )
        for language in own.languages[1:]
    ]
    return [words for words in found if words.said or not is_built_in]


def present_missing(
    own: OwnFramework, texts: Mapping[str, Sequence[OwnText]], on_page: Mapping[str, str]
) -> Sequence[MissingWords]:
    """By language those that are missing; `on_page` has the page of each text by the path of its words."""
    sentences = {
        ENGLISH: (_("One of your own texts has no English yet."), _("{n} of your own texts have no English yet.")),
        GERMAN: (_("One of your own texts has no German yet."), _("{n} of your own texts have no German yet.")),
    }
    found = []
    for language in own.languages[1:]:
        places = [(one, f"words.{language}.{one.path}") for one in texts[language]]
        if places:
            sentence = sentences[language][len(places) > 1].format(n=len(places))
            links = [(one.text, on_page.get(path, ""), path) for one, path in places]
            found.append(MissingWords(sentence=sentence, links=links))
    return found


def language_choices(languages: Sequence[str]) -> Sequence[LanguageChoice]:
    """One language or two, of which the first is the one that texts are written in."""
    both = _("{first}, and {further} as well")
    found = [(one,) for one in LANGUAGES] + [(one, other) for one in LANGUAGES for other in LANGUAGES if one != other]
    return [
        LanguageChoice(
            value=" ".join(each),
            words=both.format(first=LANGUAGE_NAMES[each[0]], further=LANGUAGE_NAMES[each[1]])
            if len(each) > 1
            else LANGUAGE_NAMES[each[0]],
            is_chosen=list(each) == list(languages),
        )
        for each in found
    ]
