"""Growth of a measured series and what it comes to by a target day: the formulas behind ``open_sdg``, ``unsd_2023`` and ``germany``.

    from attain import growth

    ratio = growth.growth_ratio(14.5, 10.2, 8, 7.25, 15, direction=-1)   # 0.9526 of the growth that is needed
    attain.find_method("open_sdg").cut("growth_ratio", ratio)            # ("substantial_progress", 2.518…)

Undefined is None. ``attain.evaluate(…, method="open_sdg")`` takes the amounts from the ledger.
"""

from attain._core import (
    change_by_due,
    first_from,
    growth,
    growth_ratio,
    last_until,
    limit_factor,
    mean_change,
    plain_growth,
    plain_growth_ratio,
    rest_by_due,
    years_between,
)

__all__ = [
    "change_by_due",
    "first_from",
    "growth",
    "growth_ratio",
    "last_until",
    "limit_factor",
    "mean_change",
    "plain_growth",
    "plain_growth_ratio",
    "rest_by_due",
    "years_between",
]
