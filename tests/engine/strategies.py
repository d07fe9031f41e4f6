"""Hypothesis strategies for documents: those that the reader takes, and any JSON at all."""

from datetime import date
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from assessments.engine.fields import PRICED_BY
from tests.comparisons import APPROACHES, compared, pair, variant

from .documents import FRAMEWORK

COSTS = FRAMEWORK.cost_inputs

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
links = st.sampled_from(("", "https://example.org/a", "http://localhost"))
strengths = st.sampled_from(("opinion", "documented", "measured"))


def some_of(strategies: Any) -> Any:
    """A table with any of these keys."""
    return st.fixed_dictionaries({}, optional=strategies)


days = st.dates(date(2026, 11, 20), date(2032, 1, 1)).map(str)


def answer(choices: Any) -> Any:
    value = st.sampled_from(choices)
    with_evidence = st.fixed_dictionaries(
        {"value": value}, optional={"evidence": texts, "link": links, "strength": strengths}
    )
    return st.one_of(value, value, with_evidence)


def number(low: Any, high: Any, whole: Any = False) -> Any:
    """A number within its bounds, likelier a small or an extreme one."""
    low, high = max(low, -(10**12)), min(high, 10**12)
    near = st.integers(int(low) + (low > int(low)), int(min(high, 1000)))
    if whole:
        return st.one_of(near, near.map(float), st.integers(int(low), int(high)))
    return st.one_of(near, st.floats(low, high), st.sampled_from((low, high)))


def number_or_range(numbers: Any) -> Any:
    three = st.lists(numbers, min_size=3, max_size=3).map(sorted)
    return st.one_of(numbers, three.map(lambda values: dict(zip(("low", "likely", "high"), values, strict=True))))


def rows_of(columns: Any) -> Any:
    needed = {column.key: value_of(column) for column in columns if column.required}
    others = {column.key: value_of(column) for column in columns if not column.required}
    return st.lists(st.fixed_dictionaries(needed, optional=others), max_size=4)


def value_of(question: Any) -> Any:
    if question.kind == "rows":
        return rows_of(question.columns)
    if question.kind == "day":
        return days
    if question.kind in ("text", "long_text"):
        return texts
    if question.choices:
        return st.sampled_from(question.choices)
    return number(question.minimum, question.maximum, question.whole)


def cost_of(field: Any) -> Any:
    values = number_or_range(value_of(field)) if field.takes_range else value_of(field)
    shown = st.fixed_dictionaries({"value": values}, optional={"evidence": texts, "link": links, "strength": strengths})
    return st.one_of(values, values, values, shown)


def questions_at(place: Any, strategy: Any = value_of) -> Any:
    return {q.key: strategy(q) for q in FRAMEWORK if q.place == place}


def reviewed_at_most(more: Any, fewer: Any) -> Any:
    """Two counts in a table, the second never above the first."""

    def ordered(table: Any) -> Any:
        if more in table and fewer in table and table[fewer] > table[more]:
            table = table | {more: table[fewer], fewer: table[more]}
        return table

    return ordered


def began_first(pilot: Any) -> Any:
    """A pilot does not end before it began."""
    both = [pilot[key] for key in ("ran_from", "ran_to") if key in pilot]
    return pilot | {"ran_from": min(both), "ran_to": max(both)} if len(both) == 2 else pilot


counts = st.integers(0, 10**9)
rows = st.fixed_dictionaries({"label": texts, "required": counts, "available": counts, "reviewed": counts})
case_numbers = {
    key: number_or_range(number(cost.minimum, cost.maximum, cost.whole)) for key, cost in COSTS.case.items()
}


def with_prices(own: Any) -> Any:
    """The numbers of an approach whose prices change, or rise with the prompt, only where it is said to what."""
    unpriced = {key for key, prices in PRICED_BY.items() if not own.keys() & prices}
    return {key: value for key, value in own.items() if key not in unpriced}


inputs = some_of(
    {
        key: days
        if cost.kind == "day"
        else (number_or_range if cost.takes_range else st.one_of)(number(cost.minimum, cost.maximum, cost.whole))
        for key, cost in COSTS.approach.items()
    }
).map(with_prices)


def passing_on(form: Any) -> Any:
    """A detailed form in which some approaches pass requests on, each to one that stands before it."""
    names = list(form["approaches"])
    targets = st.tuples(*(st.sampled_from((None, *names[:place])) for place in range(len(names))))

    def with_targets(chosen: Any) -> Any:
        approaches = {
            name: own | ({"escalation_to": target} if target else {})
            for (name, own), target in zip(form["approaches"].items(), chosen, strict=True)
        }
        return form | {"approaches": approaches}

    return targets.map(with_targets)


detailed_forms = st.fixed_dictionaries(
    {
        "approaches": st.fixed_dictionaries(
            {"status_quo": inputs}, optional=dict.fromkeys(("prompting", "fine_tune_small", "hybrid"), inputs)
        )
    },
    optional=case_numbers,
).flatmap(passing_on)
overrides = st.fixed_dictionaries(
    {
        "approach": st.sampled_from(tuple(FRAMEWORK.approach)),
        "criterion": st.sampled_from([criterion.key for criterion in FRAMEWORK.matrix.criteria]),
        "score": number(1, 5),
        "reason": texts,
    },
    optional={"link": links, "strength": strengths},
)
costs = st.fixed_dictionaries(
    {},
    optional=questions_at("costs", cost_of)
    | {
        "distribution": st.sampled_from(("pert", "triangular")),
        "currency": st.sampled_from(("USD", "EUR", "CHF")),
        "exchange_rate_day": st.dates().map(str),
        "starts_on": st.dates(max_value=date(2026, 11, 20)).map(str),
        "summary": some_of(questions_at("costs.summary", cost_of)),
        "detailed": detailed_forms,
    },
)


def ticks(checklist: Any) -> Any:
    """Some points of a checklist."""
    return st.lists(st.sampled_from([point.code for point in checklist.points]), max_size=5, unique=True)


failures = st.one_of(
    some_of({key: st.integers(0, 30) for key in questions_at("failures")}),
    some_of(questions_at("failures")),
)
answers = st.one_of(
    some_of(questions_at("answers", lambda question: answer(question.choices))),
    st.fixed_dictionaries(questions_at("answers", lambda question: answer(question.choices))),
)


@st.composite
def comparisons(draw: st.DrawFn) -> dict[str, Any]:
    """Variants on the same cases, each pair of them compared; what passed and what was won need not agree."""
    of = draw(st.integers(1, 300))
    roles = draw(st.lists(st.sampled_from((*APPROACHES, "other_model", "classifier")), min_size=1, unique=True))
    variants = [variant(role, draw(st.integers(0, of)), of) for role in roles]
    pairs = []
    for before, after in combinations(roles, 2):
        wins = draw(st.integers(0, of))
        losses, half = draw(st.integers(0, of - wins)), draw(st.sampled_from((0.0, 0.02, 0.1)))
        pairs.append(pair(before, after, wins, losses, of, half=half))
    return compared(variants, *pairs)


accepted_documents = st.fixed_dictionaries(
    {
        "format": st.just("ftdecide/assessment"),
        "version": st.just(1),
        "use_case": st.fixed_dictionaries(
            {"name": texts.map(lambda text: "A" + text)},
            optional={key: value for key, value in questions_at("use_case").items() if key != "name"},
        ),
    },
    optional={
        "answers": answers,
        "failures": failures,
        "override_weeks": st.lists(number(0, 10**6), max_size=60),
        "readiness": some_of(questions_at("readiness")).map(reviewed_at_most("labelled_examples", "reviewed_examples")),
        "targets": some_of(questions_at("targets")),
        "legal": some_of(questions_at("legal")),
        "pilot": some_of(questions_at("pilot")).map(began_first),
        "release": some_of(questions_at("release")),
        "data": st.lists(rows.map(reviewed_at_most("available", "reviewed")), max_size=4),
        "comparison": comparisons(),
        "costs": costs,
        "matrix": some_of(
            {
                "weights": some_of({c.key: number(0, 10) for c in FRAMEWORK.matrix.criteria}),
                "overrides": st.lists(overrides, max_size=5, unique_by=lambda row: (row["approach"], row["criterion"])),
            }
        ),
        "checks": some_of({one.key: ticks(one) for one in FRAMEWORK.guide.checklists}),
    },
)

any_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda children: st.one_of(
        st.lists(children, max_size=4), st.dictionaries(st.text(max_size=8), children, max_size=4)
    ),
    max_leaves=20,
)
PARTS = (
    *("answers", "failures", "override_weeks", "readiness", "targets", "legal", "pilot", "release", "data"),
    *("comparison", "costs", "matrix", "checks", "origins"),
)
KNOWN_KEYS = sorted(
    {
        *(*FRAMEWORK.questions, *COSTS.approach, *COSTS.case, *FRAMEWORK.approach),
        *("format", "version", "use_case", *PARTS, "summary", "detailed", "approaches", "status_quo"),
        *("value", "evidence", "link", "strength", "low", "likely", "high", "weights", "overrides"),
        *("label", "required", "available", "reviewed", "approach", "criterion", "score", "reason"),
    }
)
known_values = st.one_of(
    st.sampled_from(("yes", "no", "na", "maybe", "", "ftdecide/assessment", 0, 1, -1, 1e308, None, True)),
    st.integers(-(10**400), 10**400),
    st.floats(),
    st.text(max_size=5),
)
nearly_documents = st.recursive(
    known_values,
    lambda children: st.one_of(
        st.lists(children, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(KNOWN_KEYS), st.text(max_size=3)), children, max_size=6),
    ),
    max_leaves=30,
)
