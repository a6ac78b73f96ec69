"""Formulas of project control over plain numbers: earned value, earned schedule, progress rules, traffic lights.

    from attain import control

    work = control.EarnedAmounts(budget=1_000_000, planned=300_000, earned=270_000, cost=260_000)
    work.cost_index                          # 1.04
    work.estimate_at_completion("combined")  # AC + (BAC − EV) / (SPI · CPI)
    control.earned_schedule([29.0, 81.7, 91.7], 68.1, now=2)

What is not defined is None. The earned value of a programme is :meth:`attain.Evaluation.earned_value`.
"""

from attain._core import (
    EarnedAmounts,
    EarnedTime,
    apportioned,
    earned_schedule,
    fixed_formula,
    gated_progress,
    gauge,
    level_of_effort,
    light_by_share_green,
    logarithmic_mean,
    roll_up_gauges,
    shapley,
    split_product,
    traffic_light,
    traffic_light_rules,
    units_complete,
    weighted_milestones,
    worst_light,
)

__all__ = [
    "EarnedAmounts",
    "EarnedTime",
    "apportioned",
    "earned_schedule",
    "fixed_formula",
    "gated_progress",
    "gauge",
    "level_of_effort",
    "light_by_share_green",
    "logarithmic_mean",
    "roll_up_gauges",
    "shapley",
    "split_product",
    "traffic_light",
    "traffic_light_rules",
    "units_complete",
    "weighted_milestones",
    "worst_light",
]
