"""A file of the market: read and checked as a whole, and written for review."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from datetime import date
from typing import Any

from .checks.market import market_faults
from .field import Field
from .market import FORMAT, BaseModel, Market, Offer, OfferPrice, RetiredModels
from .strict import read_strictly, shape_faults

_ROWS: Mapping[str, type[Offer | BaseModel | RetiredModels]] = {
    "offers": Offer,
    "models": BaseModel,
    "retired": RetiredModels,
}
_HEAD = """\
# The market as dated data: where a tune can be bought, what it costs and until when, and what base models cost.
# Prices in US dollars, per 1,000,000 tokens or an hour; prices of base models are those of genai-prices, where it has
# them (a test holds the two together). `mark` says how sure a row is: the provider's own page, a copy of it, a
# secondary source, or unsure: sources disagree or are old. Nothing here is guessed: what was not found is left out,
# and `about` or `note` says so. How the file is renewed stands in docs/market.md.
"""


class MarketFileError(Exception):
    """Everything that is wrong with a file of the market, each fault with its place."""

    def __init__(self, faults: Sequence[str]):
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


def read_market(data: bytes, inputs: Mapping[str, Field]) -> Market:
    """The market that the file holds; `inputs` are those of an approach, by key.

    Raises MarketFileError with every fault at once, and with nothing but that where the format is a newer one.
    """
    try:
        table = tomllib.loads(data.decode())
    except ValueError as error:
        raise MarketFileError([f"This is no TOML file: {error}"]) from None
    said = table.get("format")
    if type(said) is int and said > FORMAT:
        raise MarketFileError([f"The file has format {said}, and this ftdecide reads format {FORMAT}: update it first"])
    faults: list[str] = []
    rows: dict[str, Any] = {name: tuple(_rows(table, name, faults)) for name in _ROWS}
    head = {key: value for key, value in table.items() if key not in _ROWS}
    try:
        market: Market | None = read_strictly(head | {name: [] for name in _ROWS}, Market)
    except Exception as error:
        market = None
        faults += shape_faults(error)
    if market:
        market = replace(market, offers=rows["offers"], models=rows["models"], retired=rows["retired"])
        faults += market_faults(market, inputs)
    if faults or not market:
        raise MarketFileError(faults)
    return market


def _rows(table: Mapping[str, Any], name: str, faults: list[str]) -> Iterator[Any]:
    """The rows that can be read; what is wrong with the others goes to the faults."""
    listed = table.get(name)
    if not isinstance(listed, list):
        faults.append(f"{name}: must be there, as tables")
        return
    for place, row in enumerate(listed, 1):
        try:
            yield read_strictly(row, _ROWS[name])
        except Exception as error:
            key = row.get("key", "") if isinstance(row, dict) else ""
            faults += [f"{name}, row {place}{f' ({key})' if key else ''}: {fault}" for fault in shape_faults(error)]


def market_text(market: Market) -> str:
    """The file that holds this market: what is as usual is left out."""
    parts = [_HEAD, f"format = {market.format}\nas_of = {market.as_of}\n"]
    for name in _ROWS:
        parts += [f"[[{name}]]\n{''.join(_lines(row))}" for row in getattr(market, name)]
    return "\n".join(parts)


def _lines(row: Any) -> Iterator[str]:
    for field in fields(row):
        value = getattr(row, field.name)
        if field.default is MISSING or value != field.default:
            yield f"{field.name} = {_written(value)}\n"


def _written(value: Any) -> str:
    """
    >>> _written(True), _written(0.25), _written(25.0), _written(date(2026, 11, 27)), _written('a "b"')
    ('true', '0.25', '25', '2026-11-27', '"a \\\\"b\\\\""')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:.12g}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(_written(one) for one in value)}]"
    if isinstance(value, OfferPrice):
        ends = {"low": value.low, "likely": value.likely, "high": value.high}
        return f"{{ {', '.join(f'{key} = {_written(one)}' for key, one in ends.items() if one is not None)} }}"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_written(one)}' for key, one in value.items())} }}" if value else "{}"
    return json.dumps(value, ensure_ascii=False)
