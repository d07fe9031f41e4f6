"""Amounts with the sign of another currency: nobody's is guessed or dropped, whoever typed it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.framework.currency import USD, currencies_of, currency_words

from .numbers import ReadNumber, in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMoney:
    """The currency of an assessment, and what a US dollar costs in it where somebody said so."""

    currency: str = USD
    rate: float | None = None

    def is_foreign(self, read: ReadNumber) -> bool:
        """Whether this was typed with the sign of another currency."""
        return bool(read.mark) and self.currency not in currencies_of(read.mark)

    def question(self, read: ReadNumber) -> str:
        """What to say to whoever typed it."""
        said = _("amounts here are in {currency}, and you typed {typed}")
        return said.format(currency=currency_words(self.currency), typed=read.typed)

    def ways(self, read: ReadNumber) -> Sequence[tuple[str, str]]:
        """What can be done about it: in words, and the number that is to stand in the field then."""
        shown, plain = in_words(read.readings[0], read.signs)
        stays = _("It is in {currency}: keep {number}").format(currency=currency_words(self.currency), number=shown)
        ways = [(stays, plain)]
        if self.rate and USD in currencies_of(read.mark):
            product = f"{round(Decimal(read.readings[0]) * Decimal(repr(self.rate)), 6):f}"
            shown, plain = in_words(product, read.signs)
            ways.append((_("It is in US dollars: convert it at your rate to {number}").format(number=shown), plain))
        return ways
