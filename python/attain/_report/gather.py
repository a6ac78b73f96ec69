"""From an evaluation to the content of its report."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable

import attain
from attain import _core, _text
from attain._report import content as c
from attain._report.changes import changes_of
from attain._report.curve import curve_of
from attain._report.findings import findings_of, scores_of
from attain._report.format import Format, figures
from attain._report.other_days import Functions
from attain._report.outline import Outline, outline_of
from attain._report.places import league_of
from attain._report.pull import is_silent, pull, weights_in_mean
from attain._report.reports import Reports
from attain._report.silence import Silence
from attain._report.why import Why
from attain._unreported import reports_due
from attain.catalogue import Words

_REPORTS_IN_ALL = 12_000
_MOST_REPORTS, _FEWEST_REPORTS = 24, 3
_MOST_PLACES = 40
_MOST_NAMES = 3
_LEAST_REST = 0.00005
_TO_CHASE = ("missed", "behind", "at_risk")


def gather(
    now: _core.Evaluation, *, since: _core.Evaluation | None, days_to_report: int | None, language: str, functions: Functions
) -> c.Content:
    """All that a report of an evaluation says."""
    return _Gatherer(now, since, days_to_report, language, functions).content()


class _Gatherer:
    def __init__(
        self,
        now: _core.Evaluation,
        since: _core.Evaluation | None,
        days_to_report: int | None,
        language: str,
        functions: Functions,
    ) -> None:
        assert isinstance(now.plan, _core.Programme)
        self.days_to_report = days_to_report
        self.now, self.since, self.functions = now, since, functions
        self.plan = now.plan
        self.outline: Outline = outline_of(now.plan)
        self.words = Words(language)
        self.write = Format(self.words, self.outline.indicators)
        self.why = Why(now, self.outline, self.write)
        self.reports = Reports(now, self.outline, self.write)
        self.root = now.root
        self.weighted = [target for target, _ in weights_in_mean(now.root)]
        self.silence = Silence(now, self.outline, self.words)
        self.found: list[tuple[str, _core.Finding]] = []
        targets = len(now)
        self.explained, self.target_count = 0, targets
        self.most_reports = max(_FEWEST_REPORTS, min(_MOST_REPORTS, _REPORTS_IN_ALL // max(1, targets)))

    def content(self) -> c.Content:
        root, spec = self.root, self.outline.spec
        by_place: dict[str, list[_core.TargetResult]] = defaultdict(list)
        if self.outline.place_parents:
            for result in self.now.results(at_places=True):
                by_place[result.id].append(result)
        projects = [self._project(node, depth, by_place) for node, depth in _below(root)]
        if root.targets:
            projects.insert(0, self._project(root, 0, by_place))
        targets = [target for project in projects for target in project.targets]
        if self.functions.progress is not None:
            self.functions.progress("explaining", 1.0)
        quality = attain.quality(
            self.plan, self.now.book, as_of=self.now.as_of, known_at=self.now.known_at, days_to_report=self.days_to_report
        )
        places, place_count = league_of(self.now, self.since, self.outline, self.write)
        counts = Counter(target.status.meaning for target in targets)
        return c.Content(
            language=self.words.language,
            programme=self.plan.id,
            name=self.plan.name or self.plan.id,
            as_of=self.now.as_of,
            known_at=self.now.known_at,
            note=spec.get("note", ""),
            source=spec.get("source", ""),
            status=self.write.status(root),
            figures=figures(root),
            expected_by=self._expected_by(self.weighted),
            lagging=self._lagging(),
            unreported=self.silence.told_of_whole(),
            silence=self.silence.summed_up(),
            coverage=root.coverage,
            lower=root.lower,
            upper=root.upper,
            hold_share=root.hold_share,
            counts={meaning: counts[meaning] for meaning in c.MEANINGS if counts[meaning]},
            target_count=len(targets),
            project_count=sum(project.id != self.plan.id for project in projects),
            held_back_by=self._held_back_by(),
            lines=self.why.project(root),
            children=self._children(root),
            holding_back=self._holding_back(),
            curve=curve_of(self.now, self.outline, self.write, self.functions, lagging=self._lagging()),
            projects=projects,
            places=places,
            place_count=place_count,
            place_names=self.outline.place_names,
            changes=None if self.since is None else changes_of(self.since, self.now, self.write),
            scores=scores_of(quality, self.write),
            reports_due=reports_due(quality.days_to_report, self.words, self._indicator_names()),
            findings=findings_of(self.now, quality, self.found, self.outline, self.write),
            method=self._method(),
            units=sorted({unit for project in projects for unit in project.responsible}),
        )

    # -- projects and targets ----------------------------------------------------------------------

    def _project(self, of: _core.ProjectResult, depth: int, by_place: dict[str, list[_core.TargetResult]]) -> c.Project:
        spec = self.outline.spec if of.is_root else self.outline.projects[of.id]
        weights = of.weights
        return c.Project(
            id=of.id,
            name=of.name,
            path=self.outline.paths.get(of.id, []),
            depth=depth,
            status=self.write.status(of),
            figures=figures(of),
            coverage=of.coverage,
            due=of.due,
            expected_by=self._expected_by([target for target, _ in weights_in_mean(of)]),
            responsible=self.outline.responsible.get(of.id, []),
            clause=spec.get("text", ""),
            note="" if of.is_root else spec.get("note", ""),
            source="" if of.is_root else spec.get("source", ""),
            lines=self.why.project(of),
            children=self._children(of),
            targets=[self._target(target, weights.get(target.id, 0.0), by_place.get(target.id, [])) for target in of.targets],
        )

    def _children(self, of: _core.ProjectResult) -> list[c.Child]:
        weights = of.weights
        children: Iterable[_core.TargetResult | _core.ProjectResult] = [*of.targets, *of.projects]
        return [
            c.Child(child.id, self._name(child), self.write.status(child), figures(child), weights.get(child.id))
            for child in children
        ]

    def _target(self, of: _core.TargetResult, weight: float, at_places: list[_core.TargetResult]) -> c.Target:
        self._tell()
        spec = self.outline.targets[of.id]
        explained = of.explain()
        self.found += [(of.id, finding) for finding in explained.findings]
        rule = next((step.rule for step in reversed(explained.steps) if step.kind == "status"), "")
        reports, left_out = self.reports.of(of, explained, at_places, self.most_reports)
        missing = self.silence.of(of)
        within = [one for one in at_places if one.place != of.place and one.reason != "not_applicable"]
        return c.Target(
            id=of.id,
            name=self._name(of),
            status=self.write.status(of),
            figures=figures(of),
            reading=self.write.reading(of),
            baseline=self.write.baseline(of),
            goal=self.write.goal(of),
            unit=of.declared_unit,
            due=self.outline.dues.get(of.id),
            reports_to=self.why.reports_to(of),
            unreported=self.silence.told(missing, of.place),
            is_hold=of.is_hold,
            weight=weight,
            clause=of.text,
            note=spec.get("note", ""),
            source=spec.get("source", ""),
            lines=[*self.why.target(of, rule), *self.silence.line(missing, of)],
            reports=reports,
            left_out=left_out,
            places=[self._at_place(one) for one in _furthest_behind(within)],
            place_ids=[of.place, *(one.place for one in within)],
            place_count=len(within),
        )

    def _tell(self) -> None:
        """How many targets are explained, at most a hundred times."""
        done, of, tell = self.explained, self.target_count, self.functions.progress
        self.explained += 1
        if tell is not None and 100 * done // of > 100 * (done - 1) // of:
            tell("explaining", done / of)

    def _at_place(self, of: _core.TargetResult) -> c.AtPlace:
        name = self.outline.place_names.get(of.place, of.place)
        return c.AtPlace(of.place, name, self.write.status(of), figures(of), self.write.reading(of), self.write.goal(of))

    def _name(self, of: _core.TargetResult | _core.ProjectResult) -> str:
        if isinstance(of, _core.TargetResult):
            return of.name or of.text or self.outline.indicators.get(of.indicator, {}).get("name", "") or of.indicator
        return of.name or of.id

    # -- up to which day it is reported ------------------------------------------------------------

    def _indicator_names(self) -> dict[str, str]:
        return {id: spec.get("name") or id for id, spec in self.outline.indicators.items()}

    def _lagging(self) -> int:
        return sum(self.why.reports_to(target) is not None for target in self.weighted)

    def _expected_by(self, targets: list[_core.TargetResult]) -> str:
        """The day, or the first and the last, by which these targets were planned; nothing if that is the as-of day for all."""
        days = [self.why.reports_to(one) or self.now.as_of for one in targets]
        if not days or min(days) == self.now.as_of:
            return ""
        first, last = self.write.day(min(days)), self.write.day(max(days))
        return first if first == last else self.words("expected_days", first=first, last=last)

    # -- the whole ---------------------------------------------------------------------------------

    def _holding_back(self) -> c.HoldingBack:
        cap = float(self.outline.spec.get("defaults", {}).get("score_cap", 1.0))
        weighted = weights_in_mean(self.root)
        pulls = [self._pull(target, pull(target, weight, cap)) for target, weight in weighted]
        gap = self.root.gap
        results = list(self.now)
        silent = [one for one in results if is_silent(one)]
        units = Counter(unit for one in silent for unit in self.outline.responsible.get(one.id, []))
        behind = sorted((one for one in pulls if one.share < 0), key=lambda one: one.share)
        ahead = sum(one.share for one in pulls if one.share > 0)
        rest = 0.0 if gap is None else gap - sum(one.share for one in pulls)
        shares = [*(one.share for one in behind), ahead, *([rest] if abs(rest) > _LEAST_REST else [])]
        gap_shown = figures(self.root).gap
        *shown, ahead_shown, rest_shown = [*_text.adding_up(shares, sum(shares) if gap_shown is None else gap_shown), 0.0][: len(behind) + 2]
        behind = [dataclasses.replace(one, shown=rounded) for one, rounded in zip(behind, shown, strict=True)]
        broken = [self._pull(one, 0.0) for one in results if one.is_hold and one.status_means in _TO_CHASE]
        return c.HoldingBack(
            chase=[*broken, *(one for one in behind if one.status.meaning in _TO_CHASE)],
            pulls=behind,
            ahead=ahead,
            rest=rest,
            ahead_shown=ahead_shown,
            rest_shown=rest_shown,
            gap=gap_shown,
            silent=len(silent),
            silent_weight=1 - self.root.coverage,
            silent_units=units.most_common(),
        )

    def _held_back_by(self) -> str:
        """What sets a ceiling to the status of the whole although its gap asks for a better one."""
        root = self.root
        is_ahead = root.gap is not None and root.gap >= 0 and root.status_means in _TO_CHASE
        if not is_ahead or not any(step.kind == "ceiling" and step.value for step in root.explain().steps):
            return ""
        below: list[_core.TargetResult | _core.ProjectResult] = [*root.targets, *root.projects]
        children = [one for one in below if one.status_means in ("missed", "behind")]
        holds = [one for one in self.now if one.is_hold and one.status_means in _TO_CHASE]
        names = list(dict.fromkeys(f"{one.id} {self._name(one)}" for one in [*holds, *children]))
        more = [self.words("more", count=len(names) - _MOST_NAMES)] if len(names) > _MOST_NAMES else []
        return self.words("held_back_by", names=self.words("between_names").join([*names[:_MOST_NAMES], *more]))

    def _pull(self, of: _core.TargetResult, share: float) -> c.Pull:
        return c.Pull(
            id=of.id,
            name=self._name(of),
            status=self.write.status(of),
            figures=figures(of),
            share=share,
            shown=share,
            is_hold=of.is_hold,
            responsible=self.outline.responsible.get(of.id, []),
            reading=self.write.reading(of),
            baseline=self.write.baseline(of),
            goal=self.write.goal(of),
        )

    def _method(self) -> c.Method:
        method = self.now.method
        key = f"method_{method.name}"
        about = self.words(key) if key in self.words else ""
        return c.Method(self.now.methods[0], about, self.words.of_method("source", method.source))


def _below(root: _core.ProjectResult) -> list[tuple[_core.ProjectResult, int]]:
    """The projects below a node in the order of the list, with their depth."""
    found = []
    open_ = [(node, 0) for node in reversed(root.projects)]
    while open_:
        node, depth = open_.pop()
        found.append((node, depth))
        open_ += [(child, depth + 1) for child in reversed(node.projects)]
    return found


def _furthest_behind(at_places: list[_core.TargetResult]) -> list[_core.TargetResult]:
    """At most so many places: all in their order, else those furthest behind."""
    if len(at_places) <= _MOST_PLACES:
        return at_places
    return sorted(at_places, key=lambda one: 0.0 if one.gap is None else one.gap)[:_MOST_PLACES]
