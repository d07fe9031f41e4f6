"""The economics as plain JSON values: that part of the result format of docs/document.md."""

from dataclasses import asdict
from datetime import date
from typing import Any

from .decision import Verdict
from .economics.cheapest import CheapestModel
from .economics.inputs import TUNING
from .economics.money import ApproachMoney, Economics, Investment
from .economics.simulation import PaybackChances


def economics_json(verdict: Verdict, economics: Economics) -> dict[str, Any]:
    """Every approach's figures against the status quo, the verdict's investment, and how sure it is."""
    approaches = {money.approach: _figures(money.against_status_quo, money) for money in economics.approaches}
    if economics.form == "summary":
        approaches = {TUNING: _figures(economics.investment, None)}
    return {
        "form": economics.form,
        "currency": verdict.document.currency,
        "approach": economics.approach,
        "horizon_months": economics.horizon_months,
        "approaches": approaches,
        "reference": economics.reference,
        "best_untuned": economics.best_untuned,
        "against_best_untuned": {
            money.approach: _comparison(money.against_best_untuned)
            for money in economics.approaches
            if money.against_best_untuned
        },
        "investment": economics.investment and _comparison(economics.investment),
        **(_chances(verdict.chances) if verdict.chances else {}),
        "tornado": [
            {
                "input": bar.key,
                "approach": bar.approach,
                "low": bar.low,
                "high": bar.high,
                "npv_low": bar.npv_low,
                "npv_high": bar.npv_high,
                "basis": bar.basis,
            }
            for bar in verdict.tornado
        ],
        "must_hold": [asdict(driver) for driver in verdict.must_hold],
        "hangs_on": verdict.hangs_on and asdict(verdict.hangs_on),
        "defaults_used": list(economics.defaults_used),
        "warnings": [{"code": warning.code, "approaches": list(warning.approaches)} for warning in economics.warnings],
        "forgotten": list(economics.forgotten),
    }


def _comparison(comparison: Investment | None) -> dict[str, Any]:
    """An investment's figures; null for all of them where there is nothing to compare with."""
    return {
        key: comparison and getattr(comparison, key)
        for key in (
            "break_even_months",
            "discounted_break_even_months",
            "durable_break_even_months",
            "net",
            "npv",
            "roi",
            "break_even_requests",
        )
    }


def _figures(comparison: Investment | None, money: ApproachMoney | None) -> dict[str, Any]:
    upfront = money.upfront if money else comparison and comparison.cash_flow.upfront
    return {
        "upfront": upfront,
        **_comparison(comparison),
        "pv_cost": money and money.pv_cost,
        "cost_per_attempt": money and money.cost_per_attempt,
        "attempts": money and money.attempts,
        "fallback_share": money and money.fallback_share,
        "monthly_cost": money and list(money.monthly_cost),
    }


def _chances(chances: PaybackChances) -> dict[str, Any]:
    """Payback within 6, 12 and 24 months; the standard error is the largest of the three."""
    found = None
    if chances.never:
        found = {str(months): chance.probability for months, chance in chances.within.items()} | {
            "never": chances.never.probability,
            "standard_error": max(chance.standard_error for chance in chances.within.values()),
            "draws": chances.draws,
        }
    costs = {name: [found.p10, found.p50, found.p90] for name, found in chances.pv_costs.items()}
    return {"payback_probability": found, "pv_cost_p10_p50_p90": costs}


def cheapest_json(cheapest: CheapestModel) -> dict[str, Any]:
    """The price to beat, with days as texts."""
    found: dict[str, Any] = _plain(asdict(cheapest))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
