"""What plots by matplotlib have in common: axes, and the font of their texts."""

from __future__ import annotations

import contextlib
import datetime
import functools
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import matplotlib

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Simplified Chinese first. Before matplotlib 3.11 a collection shows its first face alone, in the Japanese form.
_CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "SimHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "Noto Sans CJK JP",
)
_FILES = ("wqy", "notosanscjk", "notosanssc", "sourcehansans", "msyh", "simhei", "droidsansfallback")


@contextlib.contextmanager
def canvas(ax: Axes | None, *, texts: str, width: float = 8.0, height: float = 4.5) -> Iterator[Axes]:
    """Axes to draw on, and within it the fonts that these texts need."""
    families = [*matplotlib.rcParams["font.sans-serif"][:1]]
    if any(ord(character) > 0x2E7F for character in texts):
        font = chinese_font()
        if font is None:
            warnings.warn(
                "matplotlib finds no font with Chinese characters, so they show as boxes; on Debian fonts-wqy-zenhei has one",
                stacklevel=4,
            )
        else:
            families.append(font)
    with matplotlib.rc_context({"font.family": families, "axes.unicode_minus": True}):
        if ax is None:
            from matplotlib import pyplot

            _, ax = pyplot.subplots(figsize=(width, height), layout="constrained")
        for side in ("top", "right"):
            ax.spines[side].set_visible(False)
        yield ax


def plain(text: str) -> str:
    """Text as it is: between two dollar signs matplotlib would take it for a formula, and raise if it is none."""
    return text.replace("$", r"\$")


def plot_days(axes: Axes, points: Sequence[tuple[datetime.date, float]], **style: Any) -> None:
    """A line through amounts by day."""
    axes.xaxis_date()
    axes.plot([day_number(day) for day, _ in points], [amount for _, amount in points], **style)


def day_number(day: datetime.date) -> float:
    """Where a day lies on an axis of days."""
    from matplotlib.dates import date2num

    return float(date2num(day))  # type: ignore[no-untyped-call, unused-ignore]


def chinese_font() -> str | None:
    """A family with Chinese characters that matplotlib can use, or None."""
    return _found() or _found_anew()


def _found() -> str | None:
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in _CHINESE_FONTS if name in known), None)


@functools.cache
def _found_anew() -> str | None:
    """matplotlib remembers its list of fonts; one that was installed later is added here."""
    from matplotlib import font_manager

    for path in font_manager.findSystemFonts():
        name = path.lower().replace("-", "").replace("_", "")
        if any(file in name for file in _FILES):
            with contextlib.suppress(OSError, RuntimeError):
                font_manager.fontManager.addfont(path)
    return _found()
