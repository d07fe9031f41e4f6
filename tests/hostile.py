"""Posts that no browser sends, made from a seed: the same ones each time, on every database."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote_from_bytes

from .documents import EXAMPLES, example_document, full_document
from .visits import FRAMEWORK, questions_of

TEXTS = (
    *("", " ", "\x00", "a\x00b", "\ud800", "a\udfffb", "\u202egnp.exe", "\u200f\u202d", "\ufeff", "\uffff"),
    *("\x1b[31m", "\x7f", "\x85", "\u2028", "\r\n\r\n", "e\u0301" * 50, "\U0001f469\u200d\U0001f469", "\U0010ffff"),
    *("x" * 11_000, "\n" * 9_000, "ä" * 10_000, "1" * 5_000, "yes" * 400),
    *("1_000", "１２３", "٣", "NaN", "nan", "Infinity", "-inf", "1e309", "-1e309", "1e-400", "-0", "-0.0", "1,5"),
    *("0x1F", "1/0", "½", "²", "--1", "1e5", ".5", "5.", "+", "-", "9" * 20, "9" * 20 + ".5", "0." + "0" * 349 + "1"),
    *("99999999999999999999999", "1" + ",000" * 6, "-1" + ",000" * 9, "$", "€1", "0.1" * 9, "1;2;3;x", "1 " * 600),
    *("<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{ 7*7 }}{% debug %}", "</textarea>"),
    *("' OR 1=1 --", "'; DROP TABLE assessments_assessment; --", "%s %(a)s {0}", "$$", "\\", "\\u0000", "&#0;"),
    *("javascript:alert(1)", "https://e.org/a b", "https://", "http://[::1", "//e.org", "file:///etc/passwd"),
    *("../../etc/passwd", "null", "None", "true", "[]", "{}", "0", "1", "-1", "yes", "no", "unsure", "na", "maybe"),
)
SMALL_TEXTS = tuple(text for text in TEXTS if len(text) < 200)
REVS = ("", "0", "-1.a", "abc", "9" * 400, "999999999.x", "١.x", "0." + "f" * 900, "\x00", ".", "2147483648.x", "1e3.x")
CONTENT_TYPES = (
    *("", "text/plain", "application/json", "nonsense", "multipart/form-data", "multipart/form-data; boundary="),
    *("multipart/form-data; boundary=B; charset=hex", "multipart/mixed; boundary=B", "\x00", "a/b; c=\udcff"),
    *("application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data; boundary=" + "x" * 201),
    *("multipart/form-data; boundary=B; charset=utf-7", "application/x-www-form-urlencoded; charset=undefined"),
)
RAW = (b"", b"[" * 999, b'{"name": "x"}', bytes(range(256)), b"=&=&;&%&%zz&%ff=%fe", b"name=%ed%a0%80")
FILE_NAMES = (b'filename="a.json"', b'filename="../\x00\xff.json"', b'filename=""', b"filename*=x")
NUMBERS = (
    *(0, -0.0, -1, 1, 0.5, 5e-324, 1e-9, 1e12, 1e308, 10**19, 10**400, 2**63, -(10**12), 0.1 + 0.2, True, False),
    *(200, 346, 1_000_000_000, 1_000_000_001),
)
URLENCODED = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Post:
    """What is sent, and to which kind of address."""

    name: str
    body: bytes
    content_type: str = URLENCODED
    headers: Mapping[str, str] = field(default_factory=dict)
    section: str = ""
    key: str = ""
    strict: bool = False
    """Whether the CSRF value is asked for, which none of these posts has."""

    def __str__(self) -> str:
        return f"{self.name} {self.section}{self.key} {self.content_type[:60]!r} {self.body[:400]!r}"


class Hostile:
    """Makes posts. `version_of` says which version of an answer is stored; without it none is named rightly."""

    def __init__(self, seed: int, version_of: Callable[[str], int] | None = None) -> None:
        self.random = Random(seed)
        self.version_of = version_of
        self.sections = [section.key for section in FRAMEWORK.sections]

    def post(self, names: tuple[str, ...]) -> Post:
        """A post to one of these addresses; those that take a body come more often."""
        random = self.random
        busy = [name for name in ("section", "value", "import") if name in names]
        name = random.choice(busy) if busy and random.random() < 0.75 else random.choice(names)
        key = random.choice(list(FRAMEWORK.questions))
        section = FRAMEWORK.section_of[key].key if random.random() < 0.9 else random.choice(self.sections)
        body, content_type = self.body(name, section, key)
        return Post(
            name=name,
            body=body,
            content_type=content_type,
            headers=self.headers(),
            section=section,
            key=key if random.random() < 0.95 else "no_such_question",
            strict=random.random() < 0.05,
        )

    def headers(self) -> dict[str, str]:
        headers = {"HX-Request": "true"} if self.random.random() < 0.4 else {}
        if self.random.random() < 0.1:
            odd = {
                "HX-Current-URL": "http://[::1",
                "Accept-Language": "x" * 5_000,
                "Cookie": 'sessionid="a\\000b"; csrftoken=\x7f; appearance=neon',
                "Origin": "null",
                "Referer": "http://[",
                "X-Forwarded-For": "' OR 1=1",
                "Content-Encoding": "gzip",
                "HX-Prompt-URI-AutoEncoded": "true",
            }
            name = self.random.choice(list(odd))
            headers[name] = odd[name]
        return headers

    def body(self, name: str, section: str, key: str) -> tuple[bytes, str]:
        random = self.random
        if name == "import" and random.random() < 0.8:
            return self.multipart({}, upload=self.upload())
        kind = random.choices(("form", "multipart", "broken", "raw"), (60, 20, 12, 8))[0]
        if kind == "form":
            return self.form(section, key), URLENCODED
        if kind == "multipart":
            return self.multipart(self.fields(section, key))
        if kind == "broken":
            body, content_type = self.multipart(self.fields(section, key), upload=self.upload())
            cut = random.randrange(len(body))
            return body[:cut] + random.choice((b"", b"\xff\x00", b"\r\n--B")) + body[
                cut + random.randrange(9) :
            ], content_type
        raw = random.choice(
            (b"", b"[" * 999, b'{"name": "x"}', bytes(range(256)), b"=&=&;&%&%zz&%ff=%fe", b"name=%ed%a0%80")
        )
        return raw, random.choice(CONTENT_TYPES)

    def form(self, section: str, key: str) -> bytes:
        pairs = list(self.fields(section, key).items())
        if self.random.random() < 0.2:
            pairs += pairs[:2]
        return b"&".join(quoted(name) + b"=" + quoted(value) for name, value in pairs)

    def fields(self, section: str, key: str) -> dict[str, str]:
        """Some of the section's fields with hostile values, and some that there are not."""
        random = self.random
        asked = [question.key for question in questions_of(section)]
        fields: dict[str, str] = {}
        for each in dict.fromkeys([key, *random.sample(asked, k=random.randrange(len(asked)))]):
            fields[each] = self.value(each)
            fields[f"{each}-rev"] = self.rev(each)
            if random.random() < 0.3:
                fields[f"{each}-evidence"] = random.choice(TEXTS)
                fields[f"{each}-link"] = random.choice(SMALL_TEXTS)
                fields[f"{each}-strength"] = random.choice((*SMALL_TEXTS, "measured"))
        for extra in ("from", "stay", "use_theirs", "exit", "back", "theme", "document", random.choice(SMALL_TEXTS)):
            if random.random() < 0.2:
                fields[extra] = random.choice((*SMALL_TEXTS, "review", *asked))
        return fields

    def value(self, key: str) -> str:
        question = FRAMEWORK.questions[key]
        if self.random.random() < 0.3 and question.choices:
            return self.random.choice(question.choices)
        return self.random.choice(TEXTS)

    def rev(self, key: str) -> str:
        if self.version_of:
            return f"{self.version_of(key)}.x"
        return self.random.choice(REVS)

    def multipart(self, fields: Mapping[str, str], upload: bytes = b"") -> tuple[bytes, str]:
        parts = [
            b'--B\r\nContent-Disposition: form-data; name="'
            + wire(name).replace(b'"', b"%22")
            + b'"\r\n\r\n'
            + wire(value)
            for name, value in fields.items()
        ]
        if upload:
            named = self.random.choice(
                (b'filename="a.json"', b'filename="../\x00\xff.json"', b'filename=""', b"filename*=x")
            )
            head = b'--B\r\nContent-Disposition: form-data; name="document"; ' + named
            parts.append(head + b"\r\nContent-Type: application/json; charset=hex\r\n\r\n" + upload)
        return b"\r\n".join([*parts, b"--B--\r\n"]), "multipart/form-data; boundary=B"

    def upload(self) -> bytes:
        """A document with a few values replaced by hostile ones, sometimes cut short."""
        random = self.random
        document = full_document() if random.random() < 0.3 else example_document(random.choice(EXAMPLES))
        for _ in range(random.choice((0, 1, 1, 2, 5))):
            self.spoil(document)
        raw = json.dumps(document).replace("Infinity", "1e309").encode()
        if random.random() < 0.15:
            cut = random.randrange(len(raw))
            raw = raw[:cut] + random.choice((b"", b"\xff", b"\x00", b"[" * 990, b"NaN", b'"a":1,"a":2,'))
        return raw

    def spoil(self, value: Any) -> None:
        """Replaces something inside, at a depth of its own."""
        random = self.random
        keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = random.choice(keys)
        if isinstance(value[key], (dict, list)) and random.random() < 0.8:
            return self.spoil(value[key])
        if isinstance(value, dict) and random.random() < 0.1:
            value[random.choice(SMALL_TEXTS)] = 1
        value[key] = self.json_value()

    def json_value(self) -> Any:
        random = self.random
        low, likely, high = sorted(random.choices(NUMBERS, k=3))
        nested: Any = 1
        for _ in range(random.randrange(300)):
            nested = [nested]
        return random.choice(
            [
                *(random.choice(TEXTS), random.choice(NUMBERS), random.choice(NUMBERS), None, [], {}, nested),
                *({"low": low, "likely": likely, "high": high}, {"value": random.choice(SMALL_TEXTS)}, [1] * 501),
                [random.choice(NUMBERS) for _ in range(5)],
            ]
        )


def wire(text: str) -> bytes:
    """The bytes of a text, lone surrogates too."""
    return text.encode("utf-8", "surrogatepass")


def quoted(text: str) -> bytes:
    return quote_from_bytes(wire(text)).encode()
