"""The shapes of promptfoo's files, as far as they are read: keys that are not here are passed over.

Values whose type has changed between versions, or that a person's program may set, are looked at one by one.
"""

import msgspec


class ProviderOfCall(msgspec.Struct):
    id: object = ""
    label: object = ""


class PromptOfCall(msgspec.Struct):
    raw: object = ""
    label: object = ""
    display: object = ""
    provider: object = ""
    metrics: object = None


class AssertionOfCall(msgspec.Struct):
    type: object = ""
    metric: object = ""


class ComponentOfCall(msgspec.Struct):
    passed: object = msgspec.field(name="pass", default=None)
    assertion: AssertionOfCall | None = None


class GradingOfCall(msgspec.Struct):
    components: list[ComponentOfCall | None] | None = msgspec.field(name="componentResults", default=None)


class TokensOfCall(msgspec.Struct):
    prompt: object = None
    completion: object = None


class ResponseOfCall(msgspec.Struct):
    cached: object = False
    tokens: TokensOfCall | None = msgspec.field(name="tokenUsage", default=None)


class TestOfCall(msgspec.Struct):
    description: object = ""
    vars: dict[str, object] | str | None = None
    metadata: dict[str, object] | None = None


class PromptfooCall(msgspec.Struct):
    """A row of `results.results`, or a line of JSONL."""

    success: bool
    prompt: PromptOfCall
    provider: ProviderOfCall | str | None = None
    prompt_place: object = msgspec.field(name="promptIdx", default=None)
    test_place: object = msgspec.field(name="testIdx", default=None)
    failure_reason: object = msgspec.field(name="failureReason", default=None)
    grading: GradingOfCall | None = msgspec.field(name="gradingResult", default=None)
    named_scores: dict[str, object] | None = msgspec.field(name="namedScores", default=None)
    score: object = None
    latency: object = msgspec.field(name="latencyMs", default=None)
    cost: object = None
    response: ResponseOfCall | str | None = None
    vars: dict[str, object] | None = None
    test: TestOfCall | None = msgspec.field(name="testCase", default=None)


class HeadOfTable(msgspec.Struct):
    prompts: list[msgspec.Raw] = []


class TableOfResults(msgspec.Struct):
    head: HeadOfTable | None = None


class StatsOfResults(msgspec.Struct):
    successes: object = None
    failures: object = None
    errors: object = None


class ResultsOfFile(msgspec.Struct):
    version: object
    results: list[msgspec.Raw]
    prompts: msgspec.Raw = msgspec.Raw(b"null")
    table: msgspec.Raw = msgspec.Raw(b"null")
    stats: msgspec.Raw = msgspec.Raw(b"null")
    timestamp: object = ""


class MetadataOfFile(msgspec.Struct):
    version: object = msgspec.field(name="promptfooVersion", default="")


class PromptfooFile(msgspec.Struct):
    results: ResultsOfFile
    metadata: msgspec.Raw = msgspec.Raw(b"null")
