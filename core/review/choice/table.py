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
    """Read a table with a heading in which a column of names is; None where the text is no such table."""
    rows = _rows(text)
    if not rows:
        return None
    columns = _columns(rows[0])
    if "name" not in columns:
        return None
    gathered = Gathered()
    for row in rows[1:]:
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
