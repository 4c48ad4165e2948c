"""Makes a Debian package of the built folder: ``python packaging/make_deb.py dist/shortlist [DIST]``.

The program lies in ``/usr/lib/shortlist``, with a link from ``/usr/bin``, a desktop entry, icons, AppStream metadata
and the licences. Needs ``dpkg-deb`` and ``dpkg-shlibdeps`` (Debian: dpkg-dev), which finds the libraries that must
come from the system, and in which version.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from app.notices import notices

HERE = Path(__file__).parent
ROOT = HERE.parent
_ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
# Without it Qt's own dialogs stand in for those of GNOME.
_ONLY_RECOMMENDED = "libqgtk3.so"
_COMPRESSION = ("-Zzstd", "-z9")  # a sixth larger than with xz, and made in a twentieth of the time
_CONTROL = """\
Package: shortlist
Version: {version}
Architecture: {architecture}
Maintainer: The Shortlist contributors <shortlist@localhost>
Installed-Size: {size}
Depends: {depends}
Recommends: libgtk-3-0 | libgtk-3-0t64, fonts-dejavu-core | fonts-noto-core
Section: graphics
Priority: optional
Description: culls a photo shoot on your own machine
 Groups the photos of a folder into bursts and scenes, measures sharpness,
 exposure, faces and open eyes, and suggests the best frame of each burst with
 its reasons. Decisions are made by keyboard and exported as XMP that Lightroom
 and its peers read. Needs no network.
"""


def main() -> None:
    """Read the command line; print the package's path."""
    parser = argparse.ArgumentParser(description="Makes a Debian package of the built folder.")
    parser.add_argument("built", type=Path, help="the folder that `make app` built")
    parser.add_argument("out", type=Path, nargs="?", default=ROOT / "dist", metavar="DIST")
    parser.add_argument("--icons", type=Path, default=ROOT / "build" / "icons", help="made by make_icons.py")
    options = parser.parse_args()
    if not (options.built / "shortlist").is_file():
        sys.exit(f"{options.built} has no program in it; run `make app`")
    with tempfile.TemporaryDirectory(prefix="shortlist-deb-") as folder:
        tree = Path(folder, "tree")
        lay_out(options.built, options.icons, tree)
        architecture = _output("dpkg", "--print-architecture")
        control = _CONTROL.format(
            version=version("shortlist"),
            architecture=architecture,
            size=sum(path.lstat().st_size for path in tree.rglob("*")) // 1024,
            depends=needed_from_the_system(tree / "usr/lib/shortlist", Path(folder)),
        )
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN/control").write_text(control, "utf-8")
        package = options.out / f"shortlist_{version('shortlist')}_{architecture}.deb"
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", *_COMPRESSION, "--build", tree, package], check=True
        )


def lay_out(built: Path, icons: Path, tree: Path) -> None:
    """Lay the files out as they will lie on the user's machine."""
    share = tree / "usr/share"
    shutil.copytree(built, tree / "usr/lib/shortlist", symlinks=True)
    _allow_reading(tree)
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/shortlist").symlink_to("../lib/shortlist/shortlist")
    _put(HERE / "linux/shortlist.desktop", share / "applications")
    for metadata in (HERE / "linux").glob("*.metainfo.xml"):
        _put(metadata, share / "metainfo")
    for size in _ICON_SIZES:
        _put(icons / f"shortlist-{size}.png", share / f"icons/hicolor/{size}x{size}/apps", "shortlist.png")
    _put(icons / "shortlist.svg", share / "icons/hicolor/scalable/apps")
    documents = share / "doc/shortlist"
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(copyright_words(), "utf-8")
    _put(ROOT / "CHANGELOG.md", documents)


def copyright_words() -> str:
    """Return Debian's copyright file: each part with its licence, and where the texts are."""
    ours, *others = notices()
    parts = "".join(f"  {notice.title}: {notice.licence}\n" for notice in others)
    return (
        f"{ours.text()}\n"
        "The package contains the work of others:\n\n"
        f"{parts}\n"
        "The texts of their licences lie in /usr/lib/shortlist/_internal/licences, one file a part.\n"
        "Those named GPL, LGPL and Apache-2.0 are also in /usr/share/common-licenses.\n"
        "Because of x265 the package as a whole may be passed on under the terms of the GPL 3.\n"
    )


def needed_from_the_system(program: Path, folder: Path) -> str:
    """Return the packages whose libraries the built files are linked against and do not bring.

    Each comes with its least version.
    """
    (folder / "debian").mkdir()
    (folder / "debian/control").write_text(
        "Source: shortlist\n\nPackage: shortlist\nArchitecture: any\n", "utf-8"
    )
    linked = list(_linked_files(program))
    search = sorted({f"-l{path.parent}" for path in linked})
    brought = [
        f"-x{package}" for path in linked if path.parent.name == "_internal" for package in _owners(path.name)
    ]
    files = [str(path) for path in linked if path.name != _ONLY_RECOMMENDED]
    options = ("-O", "--ignore-missing-info", "--warnings=0")
    found = _output("dpkg-shlibdeps", *options, *search, *brought, *files, cwd=folder)
    return re.sub(r"^shlibs:Depends=", "", found)


def _linked_files(program: Path) -> Iterator[Path]:
    for path in program.rglob("*"):
        if path.is_file() and not path.is_symlink() and (".so" in path.name or path.parent == program):
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def _owners(library: str) -> list[str]:
    """Return the system's packages that hold a library of this name."""
    found = subprocess.run(["dpkg", "-S", f"*/{library}"], capture_output=True, text=True, check=False)
    return sorted({line.partition(":")[0] for line in found.stdout.splitlines()})


def _allow_reading(tree: Path) -> None:
    """Allow everybody to read, and only programs to be run, whatever the builder's umask was."""
    for path in tree.rglob("*"):
        if not path.is_symlink():
            is_program = path.is_dir() or (path.parent.name == "shortlist" and path.name == "shortlist")
            path.chmod(0o755 if is_program else 0o644)


def _put(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / (name or source.name)
    shutil.copyfile(source, target)
    target.chmod(0o644)


def _output(*command: str, cwd: Path | None = None) -> str:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()
