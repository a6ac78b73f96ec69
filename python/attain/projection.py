"""Where an amount will stand on a day to come, and how likely it is to be as a goal asks: the formulas behind ``likelihood``.

    from attain import projection

    projection.project_level([31.0, 33.5, 34.1, 36.0, 37.2], periods=3)["80"]     # (low, high)
    projection.level_chance([31.0, 33.5, 34.1, 36.0, 37.2], periods=3, at_least=40)
    projection.count_chance([4, 7, 5], periods=9, at_least=60)                    # 60 more in 9 periods

Undefined is None. ``attain.evaluate(…, method="likelihood")`` takes the amounts from the ledger.
"""

from attain._core import count_chance, level_chance, project_level

__all__ = ["count_chance", "level_chance", "project_level"]
