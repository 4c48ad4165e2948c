"""Proof galleries: the folder that is written, what is in its pictures, and what is never in them."""

import io
import re
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.cancelling import never
from core.export.carry_out import export
from core.export.kinds import Choice, ExportKind, Selection
from core.export.planned import Action, PlannedFile
from core.export.proof_pictures import MarkError, check_mark, large_picture, marked
from core.export.proofs import PAGE, PICTURES, ProofChoices, page_of, plan_proofs
from core.export.request import ExportRequest, Material, plan_export
from core.export.store import ExportStore
from core.ingest.scanner import scan
from core.types import Photo, PhotoId
from fixtures.exports import contents, undo_last
from fixtures.photo_files import rich_jpeg

HOSTILE = (
    *("<img src=x onerror=alert(1)>.jpg", "\"quoted' & <b>bold.jpg", "<!--<script>.jpg", "${alert(1)}`.jpg"),
    *(
        "\u202egpj.exe.jpg",
        "a\u2028b.jpg",
        "new\nline.jpg",
        "-rf.jpg",
        "=1+1.jpg",
        "%00%2e#1?a=b.jpg",
        "é.jpg",
    ),
)
"""File names that mean something to HTML, to scripts, to addresses, to shells or to spreadsheets."""

_SVG = "http://www.w3.org/2000/svg"  # a name, and no address that is asked


def jpeg(size: tuple[int, int] = (96, 64), colour: str = "teal") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    return file.getvalue()


def photos_in(folder: Path, *names: str) -> list[Photo]:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(jpeg())
    return [Photo(PhotoId(f"{number:03}"), folder / name) for number, name in enumerate(names)]


def small(photo: Photo) -> bytes | None:
    return jpeg()


def written(plan: list[PlannedFile], store: ExportStore) -> Path:
    result = export(plan, store, "Proofs")
    assert not result.refused
    return plan[-1].path.parent


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attributes


def test_the_gallery_is_one_folder_with_nothing_from_outside(tmp_path: Path) -> None:
    photos = photos_in(tmp_path / "shoot", "A.jpg", "B.jpg")
    with closing(ExportStore.open(tmp_path / "exports.sqlite")) as store:
        plan = list(plan_proofs(tmp_path / "out", "Anna & Ben", photos, ProofChoices(), small))
        folder = written(plan, store)
        page = (folder / PAGE).read_text("utf-8")
        sources = re.findall(r'(?:src|href)="([^"]*)"', page)
        assert sorted(sources) == sorted(
            path.relative_to(folder).as_posix() for path in folder.rglob("*.jpg")
        )
        assert not re.search(r"https?:|//[a-z]", page.replace("http-equiv", "").replace(_SVG, "")), (
            "nothing from elsewhere"
        )
        assert "connect-src" not in page
        assert "default-src 'none'" in page, "and so it can send nothing"
        assert undo_last(store).written
    assert not (tmp_path / "out").exists()


def test_hostile_names_are_text_in_the_page(tmp_path: Path) -> None:
    photos = photos_in(tmp_path / "shoot", *HOSTILE)
    plan = list(plan_proofs(tmp_path / "out", HOSTILE[2], photos, ProofChoices(), small))
    with closing(ExportStore.open(tmp_path / "exports.sqlite")) as store:
        folder = written(plan, store)
    assert folder.parent == tmp_path / "out"
    page = _Tags((folder / PAGE).read_text("utf-8"))
    assert page.tags.count("script") == 2, "its data and its script"
    assert page.tags.count("img") == len(HOSTILE) + 1, "a photo each, and the large one"
    assert {value for name, value in page.attributes if name == "alt" and value} == set(HOSTILE)
    assert not [name for name, _ in page.attributes if name.startswith("on")]


def test_pictures_carry_nothing_but_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "A.jpg"
    path.write_bytes(rich_jpeg()[0])
    picture = large_picture(Photo(PhotoId("a"), path), 1024, "")
    with Image.open(io.BytesIO(picture)) as image:
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
    assert b"xmp" not in picture.lower()


def test_pictures_have_the_size_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "A.jpg"
    path.write_bytes(jpeg((3000, 2000)))
    turned = Photo(PhotoId("a"), path, orientation=6)
    with Image.open(io.BytesIO(large_picture(turned, 1600, ""))) as image:
        assert image.size == (1067, 1600)


@pytest.mark.parametrize("size", [(600, 400), (400, 600), (2000, 150), (40, 30)])
@pytest.mark.parametrize("mark", ["Proof", "© Studio Ångström, all rights reserved"])
def test_the_mark_lies_across_the_picture_and_lets_it_be_seen(size: tuple[int, int], mark: str) -> None:
    grey = np.full((size[1], size[0], 3), 128, np.uint8)
    changed = np.any(marked(grey, mark) != grey, axis=2)
    assert 0 < changed.mean() < 0.4
    ys, xs = np.nonzero(changed)
    assert abs(xs.mean() / size[0] - 0.5) < 0.12
    assert abs(ys.mean() / size[1] - 0.5) < 0.12
    assert marked(grey, mark).max() < 255, "the picture is seen through it"
    assert marked(grey, "  ") is grey


def test_a_mark_that_no_font_can_write_is_refused_by_name() -> None:
    with pytest.raises(MarkError, match="\U0001e900"):
        check_mark("\U0001e900\U000e01ef")


def test_both_sizes_carry_the_mark(tmp_path: Path) -> None:
    photos = photos_in(tmp_path / "shoot", "A.jpg")
    with closing(ExportStore.open(tmp_path / "exports.sqlite")) as store:
        plain = written(list(plan_proofs(tmp_path / "out", "a", photos, ProofChoices(), small)), store)
        marks = written(
            list(plan_proofs(tmp_path / "out", "b", photos, ProofChoices(mark="Proof"), small)), store
        )
    for one, other in zip(
        sorted((plain / PICTURES).iterdir()), sorted((marks / PICTURES).iterdir()), strict=True
    ):
        assert one.read_bytes() != other.read_bytes()


def test_a_gallery_that_was_sent_stays_as_it_is(tmp_path: Path) -> None:
    photos = photos_in(tmp_path / "shoot", "A.jpg", "B.jpg", "C.jpg")
    out = tmp_path / "out"

    def plan(count: int, mark: str = "") -> list[PlannedFile]:
        return list(plan_proofs(out, "W", photos[:count], ProofChoices(mark=mark), small))

    with closing(ExportStore.open(tmp_path / "exports.sqlite")) as store:
        folder = written(plan(2), store)
        assert {one.action for one in plan(2)} == {Action.UNCHANGED}
        more = plan(3)
        assert more[-1].path.parent == folder, "what is there is part of it"
        assert [one.action for one in more].count(Action.CREATE) == 2
        before = contents(folder)
        marked_plan = plan(2, "Proof")
        assert written(marked_plan, store).name == "W proofs 2"
        assert contents(folder) == before
        assert plan(1)[-1].path.parent.name == "W proofs 3", (
            "no picture is left lying that is not in the page"
        )


def test_the_gallery_is_no_part_of_the_shoot_it_lies_in(tmp_path: Path) -> None:
    photos = photos_in(tmp_path / "shoot", "A.jpg")
    with closing(ExportStore.open(tmp_path / "exports.sqlite")) as store:
        written(list(plan_proofs(tmp_path / "shoot", "W", photos, ProofChoices(), small)), store)
    assert [one.path.name for one in scan([tmp_path / "shoot"], True, never).files] == ["A.jpg"]


def test_a_photo_that_cannot_be_shown_is_left_out_and_one_that_breaks_later_is_named(tmp_path: Path) -> None:
    photos = photos_in(tmp_path / "shoot", "A.jpg", "B.jpg", "C.jpg")

    def gives(one: Photo) -> bytes | None:
        return None if one.id == "001" else jpeg()

    plan = list(plan_proofs(tmp_path / "out", "W", photos, ProofChoices(), gives))
    (tmp_path / "shoot" / "C.jpg").write_bytes(b"no picture")
    with closing(ExportStore.open(tmp_path / "exports.sqlite")) as store:
        result = export(plan, store, "Proofs")
    assert result.refused[0].path.name == "B.jpg"
    assert "the gallery is without it" in result.refused[0].reason
    assert len(result.refused) == 2, "and the large picture of C"
    page = page_of(plan)
    assert page is not None
    assert "B.jpg" not in page.read_text("utf-8")


def test_where_nothing_can_be_shown_there_is_no_page(tmp_path: Path) -> None:
    photos = photos_in(tmp_path / "shoot", "A.jpg")
    plan = list(plan_proofs(tmp_path / "out", "W", photos, ProofChoices(), lambda _photo: None))
    with closing(ExportStore.open(tmp_path / "exports.sqlite")) as store:
        result = export(plan, store, "Proofs")
    assert [one.path.name for one in result.refused] == ["A.jpg"]
    assert page_of(plan) is None
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("title", ["", "..", "../../etc", "C:\\x", "a/b", "CON", "x" * 400, " . "])
def test_no_title_leads_out_of_the_folder(tmp_path: Path, title: str) -> None:
    photos = photos_in(tmp_path / "shoot", "A.jpg")
    for one in plan_proofs(tmp_path / "out", "W", photos, ProofChoices(title=title), small):
        inside = one.path.relative_to(tmp_path / "out")
        assert ".." not in inside.parts
        assert len(inside.parts[0]) < 100


def test_the_picks_of_an_export_are_the_proofs(tmp_path: Path) -> None:
    photos = photos_in(tmp_path / "shoot", "A.jpg", "B.jpg")
    request = replace(
        ExportRequest(ExportKind.PROOFS, Selection(Choice.ALL), tmp_path / "out"),
        proofs=ProofChoices(1024, "", "For Anna"),
    )
    plan = list(plan_export(request, Material(photos, {}, title="shoot", thumbnail=small)))
    assert [one.path.parent.name for one in plan] == [PICTURES] * 4 + ["For Anna proofs"]
    assert not list(plan_export(ExportRequest(ExportKind.PROOFS, out_dir=tmp_path), Material(photos, {})))
