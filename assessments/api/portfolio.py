"""The portfolio of the workspace: the counts over it, and its rows in order, in the words of the page."""

from assessments.access import OwnWorkspace
from assessments.pages.book import book_of
from assessments.presenters.portfolio import lead_sentence
from assessments.presenters.portfolio_rows import PortfolioRow

from . import asked, shapes
from .addresses import absolute
from .one_assessment import selection
from .operation import OPERATIONS, Call


@OPERATIONS.add(
    "GET",
    "portfolio",
    opens="workspace",
    right="read",
    asks=asked.PortfolioQuery,
    gives=shapes.PortfolioAnswer,
    like="portfolio",
)
def read_portfolio(call: Call) -> shapes.PortfolioAnswer:
    """The portfolio: what was found over all, and the rows that are asked for, with what each comes to, how far its
    evidence goes, its sign-off and its pilot."""
    assert isinstance(call.opened, OwnWorkspace)
    asked = call.asked
    book = book_of(call.opened, selection(asked))
    first = (asked.page - 1) * asked.limit
    counts = book.counts
    return shapes.PortfolioAnswer(
        lead=lead_sentence(counts),
        total=counts.total,
        worth_tuning=counts.tuning,
        in_progress=counts.in_progress,
        by_action={action or "none": number for action, number in counts.by_action.items()},
        found=book.how_many,
        rows=[_row(call, one) for one in book.page(first, asked.limit)] if first < book.how_many else [],
    )


def _row(call: Call, row: PortfolioRow) -> shapes.RowAnswer:
    return shapes.RowAnswer(
        id=row.id,
        name=row.name,
        url=absolute(call.request, "overview", row.id),
        task=row.task_kind,
        progress=row.progress,
        verdict=row.verdict.word,
        approach=row.approach,
        action=row.action,
        what_to_do=row.what_to_do,
        settled=row.settled.word,
        sign_off=row.sign_off.word,
        due=row.due,
        pilot=row.pilot.word,
        figures=[shapes.RowFigure(label=one.label, figure=one.number, word=one.word) for one in row.cells],
    )
