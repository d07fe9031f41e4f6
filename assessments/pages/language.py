"""The language and the currency in which a reader types numbers."""

from django.contrib import messages
from django.http import HttpRequest

from assessments.forms.numbers import locale_of
from assessments.forms.own_money import OwnMoney
from assessments.services.answer_sheet import AnswerSheet

PAGE_LANGUAGE = "en"
_LONGEST_HEADER = 500


def tell_reading(request: HttpRequest, label: str, words: str) -> None:
    """Says on the next page how a number was read, where that is not plainly what was typed."""
    if words:
        messages.info(request, f"{label}: {words[0].lower()}{words[1:]}")


def reader_language(request: HttpRequest) -> str:
    """The first language that the browser asks for whose numbers are known, else that of the pages.

    Browsers name the languages best first, so their weights say nothing more.
    """
    header = request.headers.get("Accept-Language", "")[:_LONGEST_HEADER]
    tags = (part.partition(";")[0].strip() for part in header.split(","))
    return next((tag for tag in tags if locale_of(tag)), PAGE_LANGUAGE)


def own_money(sheet: AnswerSheet) -> OwnMoney:
    """What amounts of this assessment are in."""
    document = sheet.document
    return OwnMoney(currency=document.currency, rate=document.exchange_rate)
