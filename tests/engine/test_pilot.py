"""Exit criteria and measures: neither their order nor their unit changes what holds."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assessments.engine.measured.pilot import PilotFigures, pilot_figures

NAMES = st.sampled_from(["FNR", "ECE", "sigma"])
NUMBERS = st.integers(0, 100)
BETTER = st.sampled_from(["higher", "lower"])
CRITERIA = st.lists(
    st.fixed_dictionaries({"metric": NAMES, "better": BETTER}, optional={"target": NUMBERS, "tolerance": NUMBERS}),
    max_size=4,
)
CHANGES = st.lists(
    st.fixed_dictionaries(
        {"metric": NAMES, "before": NUMBERS, "after": NUMBERS, "better": BETTER}, optional={"tolerance": NUMBERS}
    ),
    max_size=4,
)


def held(found: PilotFigures) -> Any:
    criteria = sorted((repr(one.criterion.metric), one.holds) for one in found.criteria)
    return found.passed, criteria, sorted((one.name, one.is_regression) for one in found.changes)


def in_hundredths(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value / 100 if isinstance(value, int) else value for key, value in row.items()}


@given(CRITERIA, CHANGES, st.randoms())
def test_order_and_unit_change_nothing(criteria: Any, changes: Any, random: Any) -> None:
    found = held(pilot_figures(criteria, changes, []))
    one, other = (random.sample(rows, len(rows)) for rows in (criteria, changes))
    assert held(pilot_figures(one, other, [])) == found
    assert held(pilot_figures([*map(in_hundredths, criteria)], [*map(in_hundredths, changes)], [])) == found


@given(CRITERIA, CHANGES)
def test_a_pilot_passes_only_where_every_criterion_has_a_row_and_holds(criteria: Any, changes: Any) -> None:
    found = pilot_figures(criteria, changes, [])
    measured = {one["metric"] for one in changes}
    if found.passed:
        assert {one["metric"] for one in criteria} <= measured
    for one in found.criteria:
        alone = [row for row in changes if row["metric"] == one.criterion.metric]
        assert one.holds == (bool(alone) and all(one.criterion.holds(change) for change in one.changes))
    assert (found.passed is None) == (not criteria or not changes)
