"""The benchmark of things: what is pasted is where it says, and each embedder that is installed has rows of its own."""

import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.paths import places
from benchmarks.things import __main__ as benchmark
from benchmarks.things.pasted import pasted
from fixtures import tiny_models
from fixtures.shoots import scene, write_photo
from models.catalogue import Download, catalogue


def test_what_is_pasted_lies_in_its_box() -> None:
    red = np.full((300, 400, 3), (230, 10, 10), np.uint8)
    grounds = [np.full((400, 600, 3), 90, np.uint8), np.full((600, 300, 3), 40, np.uint8)]
    for made, ground in zip(pasted([(red, "red"), (red, "red")], grounds), grounds, strict=True):
        found = np.argwhere(made.picture[..., 0] > 200)
        height, width = made.picture.shape[:2]
        assert (height > width) == (ground.shape[0] > ground.shape[1])
        (top, left), (bottom, right) = found.min(axis=0), found.max(axis=0) + 1
        box = made.box
        assert (left / width, top / height) == pytest.approx((box.x, box.y), abs=0.02)
        assert (right / width, bottom / height) == pytest.approx(
            (box.x + box.width, box.y + box.height), abs=0.02
        )


def test_an_installed_dinov2_has_a_row_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "things"
    folder.mkdir()
    lines = ["path,group"]
    for at in range(4):
        write_photo(folder / f"{at}.jpg", np.array(scene(at // 2, (300, 200))))
        lines.append(f"{at}.jpg,{at // 2}")
    (folder / "groups.csv").write_text("\n".join(lines))
    model = tiny_models.dinov2()
    known = [
        replace(
            each,
            download=Download("https://nowhere", "dino.onnx", hashlib.sha256(model).hexdigest(), len(model)),
        )
        if each.name == "dinov2-small"
        else each
        for each in catalogue()
        if each.package is None
    ]
    for module in ("models.catalogue", "benchmarks.things.__main__"):
        monkeypatch.setattr(f"{module}.catalogue", lambda: tuple(known))

    def rows() -> dict[str, dict[str, dict[str, float]]]:
        written = tmp_path / "figures.json"
        monkeypatch.setattr(sys, "argv", ["things", str(folder), "--json", str(written)])
        benchmark.main()
        found: dict[str, dict[str, dict[str, float]]] = json.loads(written.read_text())
        return found

    assert list(rows()) == ["efficientnet-lite0"]
    places().models.mkdir(parents=True)
    (places().models / "dino.onnx").write_bytes(model)
    both = rows()
    assert list(both) == ["efficientnet-lite0", "dinov2-small"]
    assert both["efficientnet-lite0"]["things"]["whole by whole"] == 1
    assert 0 < both["dinov2-small"]["things"]["whole by whole"] <= 1
    assert "dinov2-small" in capsys.readouterr().out
