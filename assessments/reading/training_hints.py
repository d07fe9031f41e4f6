"""Hints that a text holds personal data: e-mail, telephone, card and bank account numbers. Only the kind is told."""

import re

from stdnum import iban, luhn

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?!\w)")
_CARD = re.compile(r"(?<![\d+])[2-6](?:[ -]?\d){12,18}(?!\d)")
_PHONE = re.compile(r"(?<![\w+])(?<!\d[ ./-])(?:\+|00)[ ]?\(?\d(?:[ ()./-]{0,2}\d){8,14}(?!\d)")
_LONG_NUMBER = re.compile(r"\d[\d ()./-]{6,}\d")
"""Without one of these there is no number of the kinds that are looked for."""


def hints_in(text: str) -> tuple[str, ...]:
    """The kinds of personal data of which the text shows signs, from `email`, `phone`, `card` and `iban`.

    A sign is no proof, and none is no proof either. Card and account numbers must have a right check digit.

    >>> hints_in("Write to ward.two@example.org or call +49 30 23125 014.")
    ('email', 'phone')
    >>> hints_in("Card 4111 1111 1111 1111, IBAN DE89 3704 0044 0532 0130 00.")
    ('iban', 'card')
    >>> hints_in("Order 4111 1111 1111 1112, serial DE00 3704 0044 0532 0130 00.")
    ()
    """
    kinds = []
    if "@" in text and _EMAIL.search(text):
        kinds.append("email")
    if not _LONG_NUMBER.search(text):
        return tuple(kinds)
    without = _IBAN.sub(" ", text)
    if any(iban.is_valid(found) for found in _IBAN.findall(text)):
        kinds.append("iban")
    if any(luhn.is_valid(re.sub(r"\D", "", found)) for found in _CARD.findall(without)):
        kinds.append("card")
    if ("+" in without or "00" in without) and _PHONE.search(without):
        kinds.append("phone")
    return tuple(kinds)
