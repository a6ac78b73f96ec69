"""How far values stand out of their series, by variants that have names, and what digits of many amounts say.

    from attain import outliers

    found = outliers.score_outliers([100, 102, 98, 101, 99, 103, 97, 100, 102, 98, 101, 300], outliers.WHO_MODIFIED)
    found.scores[-1]                                     # 89.7085
    outliers.can_detect(outliers.WHO_EXTREME, 8)         # False: 3 standard deviations cannot be passed by one of 8

``attain.quality(…)`` applies them to a ledger; docs/data-quality.md has the formulas and where they come from.
"""

from attain._core import OutlierScores, OutlierTest, can_detect, find_slip, first_digits, last_digits, score_outliers

__all__ = [
    "DHIS2_ANALYTICS_MODIFIED",
    "DHIS2_MODIFIED",
    "DHIS2_Z",
    "WHO_2024_MODIFIED",
    "WHO_EXTREME",
    "WHO_MODERATE",
    "WHO_MODIFIED",
    "OutlierScores",
    "OutlierTest",
    "can_detect",
    "find_slip",
    "first_digits",
    "last_digits",
    "score_outliers",
]

WHO_EXTREME = OutlierTest(variant="z_sample", threshold=3)
WHO_MODERATE = OutlierTest(variant="z_sample", threshold=2)
WHO_MODIFIED = OutlierTest(variant="modified_z", threshold=3.5, constant_scores_zero=True)
WHO_2024_MODIFIED = OutlierTest(variant="modified_z_1486", threshold=3.5, constant_scores_zero=True)
DHIS2_Z = OutlierTest(variant="z_population", threshold=3, at_threshold=True)
DHIS2_MODIFIED = OutlierTest(variant="modified_z", threshold=3, at_threshold=True, falls_back=False)
DHIS2_ANALYTICS_MODIFIED = OutlierTest(variant="modified_z", threshold=3, falls_back=False, constant_scores_zero=True)
