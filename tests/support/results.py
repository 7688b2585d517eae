"""The end of script/test: what ran, on which engine, and whether enough of it was measured.

Reads the JUnit files and the coverage report that the runs left in .results/; its arguments are
the steps that failed before. `--only FILE` judges one run by itself, such as the browser journeys.
Ends with a plain line `N passed, N failed`.
Exit: 0 when everything passed and every gate holds, 1 otherwise.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

RESULTS = Path(".results")
ENGINES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
LEAST_COVERED = 98.0
# The parts that compute dates, votes and papers: what no person checks afterwards.
GATES: dict[str, Callable[[str], bool]] = {
    "procedures/": lambda name: name.startswith("procedures/"),
    "forms/": lambda name: name.startswith("forms/"),
    "cases/**/rules.py": lambda name: name.startswith("cases/") and name.endswith("/rules.py"),
}


@dataclass
class Outcome:
    """Counts over all runs; `complaints` are reasons to fail, in words."""

    passed: int = 0
    failed: int = 0
    engines: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)


def read_runs(files: list[Path]) -> Outcome:
    outcome = Outcome()
    for file in files:
        for case in ElementTree.parse(file).getroot().iter("testcase"):
            _add(outcome, case)
    return outcome


def check_engines(outcome: Outcome) -> None:
    """Complain about an engine no test ran on."""
    for engine, name in ENGINES.items():
        if not outcome.engines[engine]:
            outcome.complaints.append(f"no test ran on {name}")


def _add(outcome: Outcome, case: ElementTree.Element) -> None:
    name = f"{case.get('classname')}::{case.get('name')}"
    if case.find("skipped") is not None:
        outcome.complaints.append(f"skipped, and nothing may be: {name}")
        return
    if case.find("failure") is not None or case.find("error") is not None:
        outcome.failed += 1
    else:
        outcome.passed += 1
    outcome.engines.update(
        str(found.get("value")) for found in case.iter("property") if found.get("name") == "engine"
    )


def check_coverage(report: dict[str, dict[str, dict[str, dict[str, int]]]]) -> list[str]:
    """Complaints about groups of files whose lines or branches are covered too little."""
    complaints = []
    for label, belongs in GATES.items():
        found = {name: file["summary"] for name, file in report["files"].items() if belongs(name)}
        for what, key in (("lines", "statements"), ("branches", "branches")):
            total = sum(summary[f"num_{key}"] for summary in found.values())
            covered_key = "covered_lines" if what == "lines" else "covered_branches"
            covered = sum(summary[covered_key] for summary in found.values())
            share = 100 * covered / total if total else 0.0 if not found else 100.0
            print(f"coverage of {label} {what}: {share:.1f} % ({covered} of {total})")
            if share < LEAST_COVERED:
                complaints.append(f"{label}: {share:.1f} % of {what} covered, {LEAST_COVERED:.0f} % needed")
    return complaints


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--only"]:
        return told(read_runs([RESULTS / name for name in arguments[1:]]))
    outcome = read_runs([file for file in sorted(RESULTS.glob("*.xml")) if file.name != "browser.xml"])
    outcome.complaints += arguments
    check_engines(outcome)
    report = RESULTS / "coverage.json"
    if report.exists():
        outcome.complaints += check_coverage(json.loads(report.read_text(encoding="utf-8")))
    else:
        outcome.complaints.append("coverage was not measured")
    for engine, name in ENGINES.items():
        print(f"tests run on {name}: {outcome.engines[engine]}")
    return told(outcome)


def told(outcome: Outcome) -> int:
    for complaint in outcome.complaints:
        print(f"FAILED: {complaint}")
    print(f"{outcome.passed} passed, {outcome.failed} failed")
    return 1 if outcome.failed or outcome.complaints or not outcome.passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
