"""Texts that try to make a report fetch something, read a file, or come apart."""

from itertools import cycle
from typing import Any

from tests.documents import full_document, named

# {url} is a server on this machine that counts, {file} is a file whose content must not turn up.
FETCHING = {
    "image": '<img src="{url}/image">',
    "image set": '<picture><source srcset="{url}/set 2x"><img srcset="{url}/set 1x" src="{file}"></picture>',
    "style sheet": '<link rel="stylesheet" href="{url}/sheet.css">',
    "import": "<style>@import url({url}/import.css);</style>",
    "background": "<style>* {{ background: url('{url}/background') }}</style>",
    "style attribute": '<p style="background: url({url}/attribute); content: url({file})">x</p>',
    "presentational hint": '<table background="{url}/hint"><tr><td background="{file}">x</td></tr></table>',
    "font": "<style>@font-face {{ font-family: Inter; src: url({url}/font.ttf) }}</style>",
    "svg image": '<svg width="9" height="9"><image href="{url}/svg" width="9" height="9"/></svg>',
    "svg use": '<svg><use xlink:href="{file}#a"/><style>@import "{url}/svg.css"</style></svg>',
    "object": '<object data="{url}/object" type="image/png"></object>',
    "embed": '<embed src="{url}/embed" type="image/svg+xml">',
    "frame": '<iframe src="{file}"></iframe><frame src="{url}/frame">',
    "attachment": '<link rel="attachment" href="{file}"><a rel="attachment" href="{file}">x</a>',
    "base and refresh": '<base href="{url}/"><meta http-equiv="refresh" content="0; url={url}/refresh">',
    "input and poster": '<input type="image" src="{url}/input"><video poster="{url}/poster" src="{url}/v"></video>',
    "script": '<script src="{url}/script.js"></script><script>fetch("{url}/fetch")</script>',
    "breaking out": '"></td></tr></table></style></title><img src="{url}/out"><img src="{file}">',
    "css escapes": '</style><style>@\\69mport "{url}/escape.css"; p {{ background: \\75rl({file}) }}</style>',
    "schemes": '<a href="javascript:alert(1)">x</a><img src="data:image/svg+xml,<svg><image href=\'{url}/d\'/></svg>">',
    "entities": '&lt;img src={url}/e&gt;<!DOCTYPE x [<!ENTITY e SYSTEM "{file}">]>&e;<![CDATA[<img src={url}/c>]]>',
    "templates": '{{% include "{file}" %}}{{{{ settings.SECRET_KEY }}}}{{# x #}} ${{7*7}}',
}
PROSE = "Some words about what was measured. " * 275
SHAPES = {
    "one word": "w" * 10_000,
    "lines": "a\n" * 5_000,
    "empty lines": "\n" * 9_998 + "ab",
    "right to left": "\u202e" + "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 " * 800,
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467 " * 1_200 + "\U0001f1ec\U0001f1e7" * 300,
    "marks": ("Z" + "\u0301\u0316\u035c" * 30) * 100,
    "no break": "never\u00a0breaks\u2060here" * 500,
    "wide": "\ufdfd\U0001242b" * 2_000,
    "bars": "\u200b" * 4_000 + "\u00ad" * 1_000 + "|" * 4_000,
}


def filled(*texts: str, link: str = "") -> dict[str, Any]:
    """An assessment with these texts in turn in every place that takes one."""
    turn, document = cycle(texts), full_document()
    document["use_case"] |= {key: next(turn) for key in ("name", "task", "model")}
    for answer in document["answers"].values():
        answer |= {"evidence": next(turn)} | ({"link": link} if link else {})
    document["data"] = [{"label": next(turn), "required": 9, "available": 1, "reviewed": 1}]
    override = {"approach": "tools", "criterion": "latency", "score": 4, "reason": next(turn)}
    document["matrix"] = {"overrides": [override]}
    return document


def told_in(*texts: str) -> dict[str, Any]:
    """A short assessment with these texts as evidence of answers, the ends of them as its task and as its name."""
    given = zip(full_document()["answers"], texts, strict=False)
    name = texts[0][-100:] + "".join(text[-12:] for text in texts[1:])
    document = named(name, answers={key: {"value": "yes", "evidence": text} for key, text in given})
    document["use_case"]["task"] = "\n".join(text[-1_000:] for text in texts)
    return document
