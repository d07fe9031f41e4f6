"""An estimate of how many tokens a text has, by two rules of thumb and without a tokenizer.

A tokenizer's vocabulary is the provider's own and is fetched over the network; a cost needs no more than this.
"""

import re
from dataclasses import dataclass
from math import ceil

LONGEST_PROMPT = 250_000
"""Characters. Longer than the context window of nearly every model."""
_PIECES = re.compile(r"[^\W\d_]+|\d+|\S")
_ONE_EACH = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTERS_A_TOKEN, _DIGITS_A_TOKEN, _BYTES_A_TOKEN = 7, 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenEstimate:
    """How many tokens a text has: at least, and likely. Both are estimates."""

    least: int
    likely: int


def estimate_tokens(text: str) -> TokenEstimate:
    """Two counts of the same text; the smaller is the least, the larger the likely one.

    One: four bytes are a token, the rule of thumb that providers give for English. The other: a word
    is one token for every seven letters begun, digits one for every three begun, and every other sign
    one; so is every sign of a script without spaces. Prose comes out alike; code and tables are longer
    by the second, which is why it is there.

    >>> estimate_tokens("Answer in two sentences, and name the order number.")
    TokenEstimate(least=12, likely=13)
    >>> estimate_tokens('{"id": 1, "ok": true}')
    TokenEstimate(least=6, likely=13)
    >>> estimate_tokens("")
    TokenEstimate(least=0, likely=0)
    """
    by_bytes = ceil(len(text.encode(errors="replace")) / _BYTES_A_TOKEN)
    by_pieces = sum(_tokens(piece) for piece in _PIECES.findall(text))
    return TokenEstimate(least=min(by_bytes, by_pieces), likely=max(by_bytes, by_pieces))


def _tokens(piece: str) -> int:
    if piece[0].isdigit():
        return ceil(len(piece) / _DIGITS_A_TOKEN)
    single = len(_ONE_EACH.findall(piece))
    return single + ceil((len(piece) - single) / _LETTERS_A_TOKEN)
