"""How values were stored before migration 0009, by key and some in lumps, and how they are since, each under its path."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat, Substr

PLACES: Mapping[str, tuple[str, ...]] = {
    "use_case": ("name", "task", "task_kind", "goal", "monthly_requests", "model"),
    "failures": (
        *("missing_knowledge", "wrong_retrieval", "noisy_context", "tool_failure"),
        *("format_failure", "policy_tone", "should_abstain", "reasoning"),
    ),
    "readiness": ("labelled_examples", "reviewed_examples", "reviewer_agreement"),
    "costs": (
        *("horizon_months", "annual_discount_rate", "hourly_rate", "strategic_value"),
        *("distribution", "currency"),
    ),
    "costs.summary": (
        *("data_preparation_hours", "evaluation_hours", "deployment_hours", "training_cost", "other_upfront"),
        *("api_savings", "quality_value", "inference_cost", "monitoring_hours", "retraining_hours_per_quarter"),
        "other_monthly",
    ),
}
"""Where the questions stand, but for those under `answers`, and two that are a path by themselves."""
ALONE = ("override_weeks", "data")
PARTS = {"detailed": "costs.detailed.", "matrix": "matrix.", "checks": "checks."}
"""What was kept in one lump, with the beginning of the paths that it holds. `origins` belongs to `detailed`."""
LISTS = {
    "training": (
        *("prompt_fix_tried", "corrections_hold", "examples_reviewed", "baseline_recorded"),
        *("held_out_used", "loosened_rechecked", "what_remains"),
    ),
    "production": (
        *("contract", "one_release", "data_named", "settings_kept", "fixed_tests", "staged", "fallback"),
        *("way_back", "logged", "alarm", "search_watched", "rebuilt", "scope_kept", "data_safe"),
    ),
}
LIST_OF = {code: checklist for checklist, codes in LISTS.items() for code in codes}
Said = dict[str, Any]
"""What a value says: value, evidence, strength and origin, without what is empty."""


def take_apart(apps: Any, schema_editor: Any) -> None:
    """Keys become paths, and each value of a lump gets a row and a history of its own."""
    values, changes = (apps.get_model("assessments", name) for name in ("StoredValue", "ValueChange"))
    last = changes.objects.filter(assessment=OuterRef("assessment"), path=OuterRef("path")).order_by("-at", "-id")
    values.objects.update(changed_by=Subquery(last.values("by")[:1]))
    for model in (values, changes):
        for place, keys in PLACES.items():
            for key in keys:
                model.objects.filter(path=key).update(path=f"{place}.{key}")
        lumps = (*ALONE, *PARTS, "origins")
        model.objects.exclude(Q(path__in=lumps) | Q(path__contains=".")).update(
            path=Concat(Value("answers."), F("path"))
        )
    for assessment, rows in _by_assessment(values.objects.filter(path__in=(*PARTS, "origins"))):
        lump = {row.path: row.value for row in rows}
        for row in rows:
            if row.path != "origins":
                _split_row(values, assessment, row, lump.get("origins") or {})
    values.objects.filter(path__in=(*PARTS, "origins")).delete()
    for _, rows in _by_assessment(changes.objects.filter(path__in=PARTS)):
        for row in rows:
            _split_change(changes, row)
    changes.objects.filter(path__in=(*PARTS, "origins")).delete()
    schema_editor.connection.check_constraints()


def put_together(apps: Any, schema_editor: Any) -> None:
    """The other way round. Evidence under numbers of the costs and under weights had no place and goes."""
    values, changes = (apps.get_model("assessments", name) for name in ("StoredValue", "ValueChange"))
    for part, start in PARTS.items():
        now: dict[str, dict[str, Said]] = {}
        for assessment, rows in _by_assessment(values.objects.filter(path__startswith=start)):
            now[assessment] = {row.path: _said(row) for row in rows if row.value is not None}
            _join_rows(values, assessment, part, rows, now[assessment])
        values.objects.filter(path__startswith=start).delete()
        for assessment, rows in _by_assessment(changes.objects.filter(path__startswith=start)):
            _join_changes(changes, part, rows, now.get(assessment, {}))
        changes.objects.filter(path__startswith=start).delete()
    for model in (values, changes):
        for place, keys in PLACES.items():
            for key in keys:
                model.objects.filter(path=f"{place}.{key}").update(path=key)
        answers = model.objects.filter(path__startswith="answers.")
        answers.update(path=Substr("path", len("answers.") + 1))
    schema_editor.connection.check_constraints()


def _by_assessment(rows: Any) -> Iterable[tuple[str, list[Any]]]:
    """The rows of each assessment, oldest first."""
    found = defaultdict(list)
    for row in rows.order_by("assessment_id", "pk"):
        found[row.assessment_id].append(row)
    return found.items()


def _said(row: Any) -> Said:
    parts = {name: getattr(row, name) for name in ("value", "evidence", "link", "origin")}
    if row.evidence or row.link:
        parts["strength"] = row.strength
    return {name: part for name, part in parts.items() if part not in (None, "")}


# one row


def _split_row(values: Any, assessment: str, row: Any, origins: Mapping[str, Any]) -> None:
    said = flat(row.path, row.value, origins)
    values.objects.bulk_create(
        values(
            assessment_id=assessment,
            path=path,
            version=row.version,
            changed_at=row.changed_at,
            changed_by_id=row.changed_by_id,
            **{"strength": "opinion", "origin": "", **parts},
        )
        for path, parts in said.items()
    )


def _join_rows(values: Any, assessment: str, part: str, rows: list[Any], said: Mapping[str, Said]) -> None:
    """One lump of the rows, with the newest of their versions; where it came from is a lump beside it."""
    lumps = {part: lump(part, said) or None}
    if part == "detailed" and (origins := lumped_origins(said)):
        lumps["origins"] = origins
    newest = max(rows, key=lambda row: row.version)
    values.objects.bulk_create(
        values(
            assessment_id=assessment,
            path=key,
            value=value,
            strength="opinion",
            version=newest.version,
            changed_at=max(row.changed_at for row in rows),
        )
        for key, value in lumps.items()
    )


def _split_change(changes: Any, row: Any) -> None:
    before, after = (flat(row.path, (said or {}).get("value"), {}) for said in (row.before, row.after))
    changes.objects.bulk_create(
        changes(
            assessment_id=row.assessment_id,
            path=path,
            version=row.version,
            before=before.get(path),
            after=after.get(path),
            by_id=row.by_id,
            at=row.at,
        )
        for path in {**before, **after}
        if before.get(path) != after.get(path)
    )


def _join_changes(changes: Any, part: str, rows: list[Any], now: Mapping[str, Said]) -> None:
    """What was changed at one time by one person becomes one change of the lump."""
    rows.sort(key=lambda row: (row.at, row.pk))
    first = {row.path: row.before for row in reversed(rows)}
    state = {path: said for path, said in {**now, **first}.items() if said and said.get("value") is not None}
    made = []
    for (at, by), together in groupby(rows, key=lambda row: (row.at, row.by_id)):
        before, version = lump(part, state), 0
        for row in together:
            state.pop(row.path, None)
            if row.after and row.after.get("value") is not None:
                state[row.path] = row.after
            version = max(version, row.version)
        after = lump(part, state)
        made.append(
            changes(
                assessment_id=rows[0].assessment_id,
                path=part,
                version=version,
                before={"value": before} if before else None,
                after={"value": after} if after else {},
                by_id=by,
                at=at,
            )
        )
    changes.objects.bulk_create(made)


# one lump


def flat(part: str, value: Any, origins: Mapping[str, Any]) -> dict[str, Said]:
    """What a lump says, by path."""
    if not value:
        return {}
    if part == "checks":
        return {f"checks.{LIST_OF[code]}.{code}": {"value": True} for code in value if code in LIST_OF}
    if part == "matrix":
        found = {f"matrix.weights.{key}": {"value": weight} for key, weight in value.get("weights", {}).items()}
        for cell in value.get("overrides", ()):
            said = {"value": cell["score"], "evidence": cell["reason"], "strength": "opinion"}
            found[f"matrix.overrides.{cell['approach']}.{cell['criterion']}"] = said
        return found
    found = {}
    for scope, numbers in {"case": value, **value.get("approaches", {})}.items():
        place = "costs.detailed" if scope == "case" else f"costs.detailed.{scope}"
        if scope != "case":
            prefilled = origins.get(scope, {}).get("prefilled")
            found[place] = {"value": True} | ({"origin": "suggested"} if prefilled else {})
        for key, number in numbers.items():
            if key != "approaches":
                origin = _origin(origins.get(scope, {}), key)
                found[f"{place}.{key}"] = {"value": number} | ({"origin": origin} if origin else {})
    return found


def _origin(own: Mapping[str, Any], key: str) -> Any:
    """The word for where a number came from, with the facts that stood beside it for its whole approach."""
    word = own.get("numbers", {}).get(key, "")
    model, offer = own.get("model"), own.get("offer")
    if word == "price_list" and model:
        listed = {"listed": model.get("cache_write_ratio", 1)} if key == "cache_write_ratio" else {}
        return {"kind": word, **{name: model[name] for name in ("provider", "model", "as_of")}, **listed}
    if word == "tuning_price" and offer:
        return {"kind": word, "offer": offer["key"], "as_of": offer["as_of"]}
    return "token_count" if word == "prompt" else word


def lump(part: str, said: Mapping[str, Said]) -> Any:
    """What these values say, in one."""
    paths = {tuple(path.split(".")): parts for path, parts in said.items()}
    if part == "checks":
        return [code for codes in LISTS.values() for code in codes if f"checks.{LIST_OF[code]}.{code}" in said]
    if part == "matrix":
        found: dict[str, Any] = {}
        for path, parts in paths.items():
            if path[1] == "weights":
                found.setdefault("weights", {})[path[2]] = parts["value"]
            else:
                cell = {"approach": path[2], "criterion": path[3], "score": parts["value"]}
                found.setdefault("overrides", []).append(cell | {"reason": parts.get("evidence", "")})
        return found
    found = {}
    for path, parts in paths.items():
        if parts["value"] is True:
            found.setdefault("approaches", {}).setdefault(path[2], {})
        elif len(path) == 3:
            found[path[2]] = parts["value"]
        else:
            found.setdefault("approaches", {}).setdefault(path[2], {})[path[3]] = parts["value"]
    return found


def lumped_origins(said: Mapping[str, Said]) -> dict[str, Any]:
    """Where numbers came from, by approach, in one."""
    found: dict[str, Any] = {}
    for path, parts in said.items():
        origin, (*_, scope, key) = parts.get("origin"), path.split(".")
        if not origin:
            continue
        if parts["value"] is True:
            found.setdefault(key, {"numbers": {}})["prefilled"] = True
            continue
        own = found.setdefault("case" if scope == "detailed" else scope, {"numbers": {}})
        facts = origin if isinstance(origin, dict) else {"kind": origin}
        own["numbers"][key] = "prompt" if facts["kind"] == "token_count" else facts["kind"]
        if "model" in facts:
            model = own.setdefault("model", {name: facts[name] for name in ("provider", "model", "as_of")})
            if key == "cache_write_ratio":
                model["cache_write_ratio"] = facts.get("listed", parts["value"])
        if "offer" in facts:
            own["offer"] = {"key": facts["offer"], "as_of": facts["as_of"]}
    return found
