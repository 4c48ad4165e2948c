"""A client's choice in a table: CSV of other galleries and programs, and our own."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from core.language import say
from core.review.choice.chosen import ChosenPhoto, ClientsChoice, Gathered
from core.review.choice.names import PhotoNames, flat
from core.types import Label

_DELIMITERS = ",;\t|"
_NAME = (
    *("filename", "file name", "file", "path", "name", "image", "image name", "photo", "photo name", "title"),
    *("dateiname", "datei", "bild", "bildname", "foto", "fichier", "nom du fichier", "nom", "image id"),
)
_FAVOURITE = (
    *("favourite", "favorite", "favourites", "favorites", "selected", "select", "chosen", "choice", "pick"),
    *("picked", "flag", "liked", "like", "♥", "favorit", "gewählt", "auswahl", "favori", "choisie", "choix"),
)
_STARS = ("rating", "stars", "sterne", "bewertung", "étoiles", "note sur 5")
_LABEL = ("label", "color", "colour", "color label", "colour label", "farbe", "couleur", "étiquette")
_WORD = (
    *("comment", "comments", "note", "notes", "word", "message", "remark", "remarks"),
    *("kommentar", "kommentare", "bemerkung", "notiz", "commentaire", "commentaires", "remarque"),
)
_NO = frozenset(
    {"", "0", "no", "n", "false", "-", "none", "reject", "rejected", "unflagged", "unpicked"}
    | {"nein", "abgelehnt", "non", "faux", "rejetée"}
)
_LABELS = {
    Label.RED: ("red", "rot", "rouge"),
    Label.YELLOW: ("yellow", "gelb", "jaune"),
    Label.GREEN: ("green", "grün", "vert", "verte"),
    Label.BLUE: ("blue", "blau", "bleu", "bleue"),
    Label.PURPLE: ("purple", "lila", "violett", "violet", "violette"),
}
_COLOURS = {word: label for label, words in _LABELS.items() for word in words}
_FORMULA = re.compile(r"^'(?=[=+\-@\t\r\n＝＋－＠])")  # as our own tables write what looks like a formula
_NOT_HERE = say("No photo of this shoot has that name.")
_SEVERAL = say("Several photos of this shoot have that name.")


def read_table(text: str, names: PhotoNames) -> ClientsChoice | None:
    """Read a table in which one column has names, by its heading or by its cells; None for what is no such table."""
    rows = _rows(text)
    if not rows or len(rows[0]) < 2:
        return None  # a mere list is understood better as one
    columns, first = _columns(rows[0]), 1
    if "name" not in columns:
        columns, first = _columns_by_cells(rows, names), 0
    if "name" not in columns:
        return None
    gathered = Gathered()
    for row in rows[first:]:
        if any(cell.strip() for cell in row):
            _take(row, columns, names, gathered)
    return gathered.choice()


def _rows(text: str) -> list[list[str]]:
    heading = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=heading.count)
    try:
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    except csv.Error:
        return []


def _columns(heading: Sequence[str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    kinds = (
        ("name", _NAME),
        ("favourite", _FAVOURITE),
        ("stars", _STARS),
        ("label", _LABEL),
        ("word", _WORD),
    )
    for kind, words in kinds:
        places = {flat(cell.strip().strip("\ufeff")): at for at, cell in reversed(list(enumerate(heading)))}
        at = next((places[word] for word in words if word in places), None)
        if at is not None:
            found[kind] = at
    return found


def _columns_by_cells(rows: Sequence[Sequence[str]], names: PhotoNames) -> Mapping[str, int]:
    """Tell the columns of a table without a heading: exactly one has names alone, another may have stars."""
    if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return {}
    columns = list(enumerate(zip(*rows, strict=True)))
    named = [at for at, cells in columns if all(flat(cell.strip()) in names.names for cell in cells)]
    if len(named) != 1:
        return {}
    found = {"name": named[0]}
    for at, cells in columns:
        said = [cell.strip() for cell in cells if cell.strip()]
        counts = said == [str(number) for number in range(1, len(rows) + 1)]
        if at == named[0] or not said or counts:
            continue
        if all(_stars(cell) is not None or cell == "0" for cell in said):
            found.setdefault("stars", at)
        elif all(flat(cell) in _COLOURS for cell in said):
            found.setdefault("label", at)
        else:
            found.setdefault("word", at)
    return found


def _take(row: Sequence[str], columns: Mapping[str, int], names: PhotoNames, gathered: Gathered) -> None:
    cells = {kind: row[at].strip() if at < len(row) else "" for kind, at in columns.items()}
    name = _FORMULA.sub("", cells["name"])
    if not name:
        return
    found = names.names.get(flat(name), ()) or names.names.get(flat(re.split(r"[/\\]", name)[-1]), ())
    if len(found) != 1:
        word = cells.get("word", "")
        gathered.miss(f"{name} — {word}" if word else name, _SEVERAL if found else _NOT_HERE)
        return
    stars = _stars(cells.get("stars", ""))
    label = _COLOURS.get(flat(cells.get("label", "")))
    if "favourite" in cells:
        favourite = flat(cells["favourite"]) not in _NO
    elif "stars" in cells or "label" in cells:
        favourite = bool(stars) or label is not None
    else:
        favourite = True
    word = cells.get("word", "")
    if favourite or word:
        gathered.add([ChosenPhoto(found[0], name, favourite, stars, label, word)])


def _stars(cell: str) -> int | None:
    """Read stars: a number from 1 to 5, or as many signs."""
    if cell in ("1", "2", "3", "4", "5"):
        return int(cell)
    signs = cell.count("★") or cell.count("*")
    return signs if 1 <= signs <= 5 and set(cell) <= set("★☆* ") else None
