"""A draft tried on a workspace's own assessments: the same levers as their own pages give."""

import pytest

from assessments.models import Assessment
from assessments.services import framework_trial, list_entries
from assessments.services.answer_sheet import read_sheet

from ..documents import example_document
from ..own_frameworks import a_framework
from ..people import make_team
from ..visits import bring_in

pytestmark = pytest.mark.django_db


def test_an_unchanged_draft_moves_no_verdict_whatever_the_values_rest_on() -> None:
    """A number that was suggested closes nothing; evidence without an answer is that of somebody who is unsure."""
    team = make_team()
    framework = a_framework(team.workspace, team.users["editor"])
    document = example_document("task_api")
    others = ("consistent_behavior", "domain_knowledge", "brand_voice", "latency_requirements")
    document["answers"] |= dict.fromkeys(others, "no") | {"cost_optimization": "yes"}
    document["matrix"] = {"weights": {"latency": 10, "run_cost": 0}}
    dear = {"user_tokens": 1000, "input_price": 1, "monitoring_hours": 40}
    approaches = {"status_quo": {"user_tokens": 1000, "input_price": 5}, "fine_tune_small": dear}
    document["costs"] = {"hourly_rate": 100, "detailed": {"monthly_requests": 450_000, "approaches": approaches}}
    typed = bring_in(team.clients["editor"], document)
    document["origins"] = {"costs.detailed.fine_tune_small.monitoring_hours": "suggested"}
    suggested = bring_in(team.clients["editor"], document)
    suggested.values.filter(path="answers.low_volume").update(value=None, evidence="Asked on Monday")
    assert {one.workspace_id for one in (typed, suggested)} == {team.workspace.pk}
    levers = [read_sheet(one).verdict.leads for one in (typed, suggested)]
    assert levers[0] != levers[1] == "fine_tune_small"
    list_entries.entries_of([typed, suggested])
    assert framework_trial.trial_of(framework).moves == []
    Assessment.objects.update(list_entry_is_old=True)
    framework.changes = {"gates.exploring.closes": [levers[1]], "gates.exploring.when": [["sample >= 0"]]}
    framework.save()
    moves = {key: before for key, before, _ in framework_trial.trial_of(framework).moves}
    assert moves[suggested.pk] == levers[1]
    assert typed.pk not in moves
