"""The jobs for GitHub: pinned, with no more rights than reading, and of commands that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)


def test_there_are_jobs() -> None:
    assert WORKFLOWS


@each_workflow
def test_actions_are_pinned_to_a_commit_and_name_its_version(workflow: Path) -> None:
    used = re.findall(r"uses: (.*)", workflow.read_text("utf-8"))
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", one)] == []


@each_workflow
def test_jobs_may_read_and_no_more(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    assert re.findall(r"permissions:\n(?: +\S.*\n)+", text) == ["permissions:\n  contents: read\n"]
    assert "secrets." not in text
    checkouts, careful = text.count("actions/checkout@"), text.count("persist-credentials: false")
    assert checkouts == careful


@each_workflow
def test_what_jobs_run_is_there(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    scripts = re.findall(r" (packaging/[\w.]+)", text)
    assert scripts
    assert [one for one in scripts if not (ROOT / one).exists()] == []
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    assert set(re.findall(r"\bmake ([\w-]+)", text)) <= targets
    assert {"check", "package-test"} <= set(re.findall(r"\bmake ([\w-]+)", text))
