"""What ends within the plan, and which prices change: the table behind the money."""

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
            cells=[f"{day(one.on)}, month {one.month}", _what(framework, document, one)],
        )
        for one in known_changes(framework, document)
    ]
    head = ["Lever", "When", "What happens"]
    return Table(caption="What is known to end or to change", head=head, rows=rows) if rows else None


def _what(framework: Framework, document: Document, one: KnownChange) -> str:
    sign = framework.sign
    if not one.ends:
        return f"Prices change: {_new_prices(document, one, sign)}"
    if one.invested:
        return f"The model ends: {money(one.cost, sign)} of work again"
    return f"The model ends: {f'moving costs {money(one.cost, sign)}' if one.cost else 'moving is not costed'}"


def _new_prices(document: Document, one: KnownChange, sign: str) -> str:
    """The prices for 1,000,000 tokens that were entered."""
    assert document.detailed
    entered = document.detailed.approaches[one.approach].numbers
    kinds = {"prompt": "changed_input_price", "answer": "changed_output_price"}
    return listed([f"{price(entered[key].likely, sign)} {name}" for name, key in kinds.items() if key in entered])
