"""Lists of a shoot: complete, harmless in a spreadsheet, exact in JSON."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.export.carry_out import carry_out
from core.export.kinds import ExportKind, Selection
from core.export.planned import Action, PlannedFile
from core.export.request import ExportRequest, Material, plan_export
from core.export.tables import make_records, to_csv, to_json
from core.types import (
    Cluster,
    ClusterId,
    ClusterKind,
    Decision,
    DecisionSource,
    Fact,
    Flag,
    Flaw,
    FlawKind,
    FrameScore,
    Label,
    Photo,
    PhotoId,
    Reason,
    SceneId,
    Sureness,
    Term,
    TermName,
)


def photo(name: str, *companions: str) -> Photo:
    return Photo(PhotoId(name), Path(name), tuple(map(Path, companions)), taken_at=datetime(2025, 6, 14, 10))


BEST, RUNNER_UP, LOOSE = photo("a.jpg", "a.cr2"), photo("b.jpg"), photo("c.jpg")
DECISIONS = {
    BEST.id: Decision(
        BEST.id,
        Flag.PICK,
        0,
        Label.GREEN,
        DecisionSource.SUGGESTED,
        datetime(2025, 6, 15, 8, tzinfo=UTC),
    )
}
CLUSTER = Cluster(
    ClusterId("c1"),
    ClusterKind.BURST,
    (BEST.id, RUNNER_UP.id),
    SceneId("s1"),
    suggested_pick=BEST.id,
    margin=0.125,
    sureness=Sureness.CLEAR,
    reasons=(Reason(Fact.ALL_EYES_OPEN, 1), Reason(Fact.SHARPEST, 2)),
    scores=(
        FrameScore(BEST.id, 0.9, (Term(TermName.EYES, 1.0, 0.6), Term(TermName.SMILE, None, 0.0))),
        FrameScore(RUNNER_UP.id, 0.775, (Term(TermName.EYES, 0.5, 0.6), Term(TermName.SMILE, None, 0.0))),
    ),
)
RECORDS = make_records((BEST, RUNNER_UP, LOOSE), DECISIONS, (CLUSTER,))


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_table_has_a_line_a_photo_with_decision_group_and_scores() -> None:
    best, runner_up, loose = rows(to_csv(RECORDS))
    assert best == {
        "path": "a.jpg",
        "companions": "a.cr2",
        "taken_at": "2025-06-14T10:00:00",
        "camera": "",
        "flag": "pick",
        "rating": "0",
        "label": "green",
        "source": "suggested",
        "decided_at": "2025-06-15T08:00:00+00:00",
        "cluster": "c1",
        "cluster_kind": "burst",
        "scene": "s1",
        "suggested": "yes",
        "margin": "0.1250",
        "sureness": "clear",
        "reasons": "Eyes open; Sharpest of 2",
        "likely_reject": "",
        "score": "0.9000",
        "eyes": "1.0000",
        "smile": "",
    }
    assert (runner_up["suggested"], runner_up["score"], runner_up["flag"]) == ("no", "0.7750", "")
    assert (loose["cluster"], loose["suggested"], loose["eyes"]) == ("", "no", "")


def test_the_table_says_why_a_photo_is_a_likely_reject() -> None:
    flaws = (Flaw(FlawKind.BLURRED, 0.01), Flaw(FlawKind.EYES_SHUT, 0.1))
    records = make_records((BEST, LOOSE), {}, (CLUSTER,), {LOOSE.id: flaws})
    best, loose = rows(to_csv(records))
    assert best["likely_reject"] == ""
    assert loose["likely_reject"] == "blurred all over; the main person's eyes are shut"
    assert json.loads(to_json(records))["photos"][1]["likely_reject"][0] == "blurred all over"


def test_the_json_says_the_same_and_more() -> None:
    document = json.loads(to_json(RECORDS))
    assert document["version"] == 2
    best, _, loose = document["photos"]
    assert best["terms"] == {"eyes": {"value": 1.0, "weight": 0.6}, "smile": {"value": None, "weight": 0.0}}
    assert best["reasons"] == ["Eyes open", "Sharpest of 2"]
    assert (loose["rating"], loose["cluster"], loose["terms"]) == (None, None, {})


@given(st.text(min_size=1).filter(lambda name: "\0" not in name and "/" not in name))
def test_no_file_name_becomes_a_formula_or_breaks_the_table(name: str) -> None:
    records = make_records((photo(name), LOOSE), {}, ())
    cells = rows(to_csv(records))
    assert len(cells) == 2
    assert not cells[0]["path"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cells[0]["path"].removeprefix("'") == str(Path(name)).removeprefix("'")


def test_the_json_has_names_as_they_are() -> None:
    names = ["=1+1.jpg", "Grün 日本.jpg", "bad\udcff.jpg"]
    document = json.loads(to_json(make_records([photo(name) for name in names], {}, ())))
    assert [record["path"] for record in document["photos"]] == names
    assert "bad" in rows(to_csv(make_records([photo(names[2])], {}, ())))[0]["path"]


def test_an_empty_shoot_has_a_heading() -> None:
    heading = to_csv([]).decode("utf-8-sig").splitlines()
    assert len(heading) == 1
    assert heading[0].startswith("path,companions,")


def plan_list(kind: ExportKind, folder: Path, *photos: Photo) -> list[PlannedFile]:
    request = ExportRequest(kind, Selection(kind.usual_choice), folder)
    return list(plan_export(request, Material(photos, DECISIONS, (CLUSTER,))))


@pytest.mark.parametrize("kind", [kind for kind in ExportKind if kind.is_one_file])
def test_a_document_is_written_replaced_and_left_alone_as_the_dry_run_says(
    tmp_path: Path, kind: ExportKind
) -> None:
    path = tmp_path / "lists" / kind.file_name
    plan = plan_list(kind, path.parent, BEST)
    assert [one.action for one in plan] == [Action.CREATE]
    assert not path.parent.exists()
    assert carry_out(plan).written == [path]
    assert plan_list(kind, path.parent, BEST)[0].action is Action.UNCHANGED
    path.write_text("an older one")
    update = plan_list(kind, path.parent, BEST)
    assert update[0].action is Action.UPDATE
    path.write_text("edited by hand")
    assert "changed after" in carry_out(update).refused[0].reason
    assert path.read_text() == "edited by hand"


def test_a_list_that_cannot_be_written_is_told_in_the_dry_run(tmp_path: Path) -> None:
    (tmp_path / ExportKind.CSV.file_name).mkdir()
    plan = plan_list(ExportKind.CSV, tmp_path, BEST)
    assert plan[0].action is Action.REFUSED
    assert "folder" in carry_out(plan).refused[0].reason
