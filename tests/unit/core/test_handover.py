"""Other programs: found where each system keeps them, started without a shell, given the right file of a pair."""

from pathlib import Path

import pytest

from core.handover import HandoverError, OtherProgram, call, files_for, found_programs, own_program
from core.types import Photo, PhotoId

DEVELOPS = OtherProgram("darktable", ("darktable",))
HOSTILE = ("-rf.jpg", "a b.jpg", "$(reboot).jpg", '"; rm x.jpg', "new\nline.jpg", "{files}.jpg")


def test_linux_programs_are_found_by_name_and_as_flatpaks_in_one_order() -> None:
    there = {
        "rawtherapee": "/usr/bin/rawtherapee",
        "/var/lib/flatpak/exports/bin/org.darktable.Darktable": "/flat/darktable",
        "gimp": "/usr/bin/gimp",
    }
    found = found_programs("linux", {}, there.get)
    assert [(one.name, one.command) for one in found] == [
        ("darktable", ("/flat/darktable",)),
        ("RawTherapee", ("/usr/bin/rawtherapee",)),
        ("GIMP", ("/usr/bin/gimp",)),
    ]
    assert [one.develops for one in found] == [True, True, False]


def test_windows_programs_are_found_where_they_are_installed_the_newest_of_each(tmp_path: Path) -> None:
    for name in (
        "Adobe/Adobe Lightroom Classic/Lightroom.exe",
        "Capture One/Capture One 22/CaptureOne.exe",
        "Capture One/Capture One 23/CaptureOne.exe",
    ):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    found = found_programs("win32", {"ProgramFiles": str(tmp_path), "LOCALAPPDATA": str(tmp_path / "no")})
    assert [one.name for one in found] == ["Lightroom Classic", "Capture One"]
    assert found[1].command == (str(tmp_path / "Capture One/Capture One 23/CaptureOne.exe"),)


def test_a_macs_programs_are_opened_by_the_system(tmp_path: Path) -> None:
    (tmp_path / "Capture One 23.app").mkdir()
    found = found_programs("darwin", {}, applications=(tmp_path,))
    assert found == (OtherProgram("Capture One", ("open", "-a", str(tmp_path / "Capture One 23.app"))),)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("develop", ["develop", "A", "B"]),
        ("develop --new {files} --quit", ["develop", "--new", "A", "B", "--quit"]),
        ('"/opt/my tools/develop" -x', ["/opt/my tools/develop", "-x", "A", "B"]),
    ],
)
def test_a_command_of_the_users_is_taken_word_by_word(command: str, words: list[str]) -> None:
    assert call(own_program("x", command), [Path("A"), Path("B")]) == words


@pytest.mark.parametrize(
    "command", ["", "   ", '"unclosed', "{files}", "a --in={files}", "sh -c 'a {files}'", "a {files} {files}"]
)
def test_what_is_no_command_is_refused_in_words(command: str) -> None:
    with pytest.raises(HandoverError):
        own_program("x", command)


def test_each_file_is_one_word_whatever_it_is_called() -> None:
    files = [Path("/shoot", name) for name in HOSTILE]
    assert call(own_program("x", "sh -c {files}"), files) == ["sh", "-c", *map(str, files)]


def test_of_a_pair_the_raw_is_developed_and_films_go_nowhere() -> None:
    pair = Photo(PhotoId("a"), Path("/s/A.JPG"), (Path("/s/A.CR3"), Path("/s/A.MOV")))
    single = Photo(PhotoId("b"), Path("/s/B.JPG"), (Path("/s/B.MOV"),))
    assert files_for(DEVELOPS, [pair, single]) == (Path("/s/A.CR3"), Path("/s/B.JPG"))
    assert files_for(OtherProgram("GIMP", ("gimp",), develops=False), [pair]) == (Path("/s/A.JPG"),)


def test_more_than_a_system_takes_is_said_before_it_fails() -> None:
    with pytest.raises(HandoverError, match="20,000 photos"):
        call(DEVELOPS, [Path("/shoot") / f"{'x' * 200}{number}.jpg" for number in range(20_000)])


def test_names_that_take_several_bytes_a_character_are_counted_as_the_system_does() -> None:
    with pytest.raises(HandoverError, match="2,000 photos"):
        call(DEVELOPS, [Path("/shoot") / f"{'鳥' * 200}{number}.jpg" for number in range(2_000)])
