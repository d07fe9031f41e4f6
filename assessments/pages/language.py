"""The language and the currency in which a reader types numbers."""

from django.contrib import messages
from django.http import HttpRequest

from assessments.forms.own_money import OwnMoney
from assessments.presenters.words import lower
from assessments.services.answer_sheet import AnswerSheet
from assessments.speaking import language_of


def tell_reading(request: HttpRequest, label: str, words: str) -> None:
    """Says on the next page how a number was read, where that is not plainly what was typed."""
    if words:
        messages.info(request, f"{label}: {lower(words)}")


def reader_language(request: HttpRequest) -> str:
    """Whose way to write numbers is read: the one in which pages show them."""
    return language_of(request)


def own_money(sheet: AnswerSheet) -> OwnMoney:
    """What amounts of this assessment are in."""
    document = sheet.document
    return OwnMoney(currency=document.currency, rate=document.exchange_rate)
