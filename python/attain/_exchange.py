"""Formats of other systems: results of IATI activities, data value sets of DHIS2."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from typing import Literal

from attain import _core
from attain._files import StrPath


def read_iati(
    path: StrPath,
    *,
    id: str = "iati",
    kind: Literal["level", "increment", "running_total"] = "level",
    direction: Literal["at_least", "at_most"] | None = None,
    recorded: datetime.date | str | None = None,
    partial: bool = False,
) -> _core.IatiResults:
    """The results of a file of IATI activities, version 2.03 and before, as a programme and a ledger.

    Nothing is guessed: what such a file does not say is an argument or stays open, a value that is no number is kept as text, and flags
    that contradict values are findings. Files of any size are read activity by activity.

    Parameters
    ----------
    path
        The XML file.
    id
        Of the programme.
    kind
        What an actual of measure 1 (unit) is; IATI does not say how periods add up.
    direction
        The aim of targets whose indicator does not say whether more is better; None: they have none.
    recorded
        When the file was published; None: each actual on the last day of its period.
    partial
        Whether activities without an error are read where others have one.

    Raises
    ------
    InvalidInput
        The file cannot be read, is no IATI text, or has errors; every problem is in ``findings``, with line, column and path.
    InvalidOption
        An argument is none of these.
    """
    return _core.read_iati(os.fspath(path), id=id, kind=kind, direction=direction, recorded=recorded, partial=partial)


def to_iati(
    plan: _core.Programme,
    book: _core.Ledger,
    *,
    publisher: str = "",
    publisher_type: str = "80",
    publisher_name: str = "",
    activity_status: str = "2",
) -> tuple[str, list[_core.Finding]]:
    """A programme and what was reported as the text of IATI 2.03, and a list of what IATI has no word for.

    Reading the text gives the same programme and entries again, but for what is listed. Of corrections the last is written.

    Parameters
    ----------
    plan, book
        What is written.
    publisher, publisher_type, publisher_name
        Identifier, OrganisationType and name of the reporting organisation of activities that were not read from IATI.
    activity_status
        ActivityStatus of activities that do not say.

    Raises
    ------
    InvalidInput
        A text has characters that XML cannot hold.
    """
    return _core.to_iati(
        plan, book, publisher=publisher, publisher_type=publisher_type, publisher_name=publisher_name, activity_status=activity_status
    )


def read_dhis2(
    path: StrPath,
    plan: _core.Programme | None = None,
    *,
    elements: Mapping[str, str] | None = None,
    places: Mapping[str, str] | None = None,
    categories: Mapping[str, str] | None = None,
    skip_unmapped: bool = False,
) -> _core.Dhis2Results:
    """The data values of a DHIS2 ``dataValueSets`` file in JSON, as a ledger.

    Parameters
    ----------
    path
        The JSON file.
    plan
        If given, indicators and places are checked, and amounts are read in the units of the indicators.
    elements
        Data elements, or ``element.combination``, and the indicators that they are; None: ids are as they are.
    places
        Organisation units and the places that they are; ``""`` is the root place.
    categories
        Category and attribute option combinations and what they divide: ``{"default": "", "f": "sex=f"}``. None: their ids are categories of
        the dimensions ``categoryOptionCombo`` and ``attributeOptionCombo``.
    skip_unmapped
        Whether values whose ids are in no map are passed over; otherwise they are refused.

    Raises
    ------
    InvalidInput
        The file cannot be read, or has errors; every problem is in ``findings``, with line, column and JSON pointer.
    InvalidOption
        What a combination is mapped to are no categories.
    """
    return _core.read_dhis2(
        os.fspath(path),
        plan,
        elements=dict(elements or {}),
        places=dict(places or {}),
        categories=dict(categories or {}),
        skip_unmapped=skip_unmapped,
    )


def to_dhis2(
    book: _core.Ledger,
    plan: _core.Programme | None = None,
    *,
    elements: Mapping[str, str] | None = None,
    places: Mapping[str, str] | None = None,
    categories: Mapping[str, str] | None = None,
) -> tuple[str, list[_core.Finding]]:
    """What stands in a ledger as the text of a DHIS2 data value set, and a list of what DHIS2 has no word for.

    Of each identity the entry recorded last is written, a withdrawal as deleted. The maps are those of :func:`read_dhis2`, and are undone.

    Raises
    ------
    InvalidInput
        A text is not UTF-8.
    """
    return _core.to_dhis2(book, plan, elements=dict(elements or {}), places=dict(places or {}), categories=dict(categories or {}))


__all__ = ["read_dhis2", "read_iati", "to_dhis2", "to_iati"]
