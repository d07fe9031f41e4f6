"""What ends within the plan, and which prices change: the table behind the money."""

from django.utils.translation import gettext as _

from assessments.engine.document import Document
from assessments.engine.economics.known_changes import KnownChange, known_changes
from assessments.framework import Framework

from ..formats import day, listed, money, price
from .words import Table, TableRow, short_names


def known_table(framework: Framework, document: Document) -> Table | None:
    """A row for each day, the first one on top; None where nothing ends and nothing changes."""
    names = short_names(framework)
    rows = [
        TableRow(
            name=names[one.approach],
            cells=[
                _("{day}, month {month}").format(day=day(one.on), month=one.month),
                _what(framework, document, one),
            ],
        )
        for one in known_changes(framework, document)
    ]
    head = [_("Lever"), _("When"), _("What happens")]
    return Table(caption=_("What is known to end or to change"), head=head, rows=rows) if rows else None


def _what(framework: Framework, document: Document, one: KnownChange) -> str:
    sign = framework.sign
    if not one.ends:
        return _("Prices change: {prices}").format(prices=_new_prices(document, one, sign))
    if one.invested:
        return _("The model ends: {amount} of work again").format(amount=money(one.cost, sign))
    if one.cost:
        return _("The model ends: moving costs {amount}").format(amount=money(one.cost, sign))
    return _("The model ends: moving is not costed")


def _new_prices(document: Document, one: KnownChange, sign: str) -> str:
    """The prices for 1,000,000 tokens that were entered."""
    assert document.detailed
    entered = document.detailed.approaches[one.approach].numbers
    kinds = {"changed_input_price": _("{price} prompt"), "changed_output_price": _("{price} answer")}
    return listed(
        [words.format(price=price(entered[key].likely, sign)) for key, words in kinds.items() if key in entered]
    )
