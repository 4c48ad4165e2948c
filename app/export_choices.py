"""The choices of the last exports on disk, the last of each kind, so that the screen comes up with them."""

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QSettings

from core.export.kinds import Choice, ExportKind, Selection
from core.export.metadata_template import MetadataTemplate
from core.export.proofs import ProofChoices
from core.export.request import ExportRequest
from core.export.xmp import XmpChoices
from core.naming.names import NameTemplate, Naming
from core.naming.template import TemplateError
from core.sidecar.label_names import ENGLISH, LABEL_SETS, LabelSet
from core.sidecar.metadata_fields import FIELD_OF
from core.sidecar.profiles import LIGHTROOM, PROFILES
from core.types import Label

_KEY = "export"
_METADATA = "metadata_template"  # kept whether it was used the last time or not
_OF_KIND = "exports"  # a key for each kind below it


def load_choices(kept: QSettings) -> ExportRequest:
    """Read the last choices; the usual ones, with labels in the desktop's language, where none can be read."""
    read = _read(kept, _KEY)
    if read is not None:
        return read
    return ExportRequest(ExportKind.XMP, xmp=XmpChoices(LIGHTROOM, labels_of(QLocale.system().name())))


def load_ways(kept: QSettings) -> tuple[ExportRequest, ...]:
    """Read the last choices of each kind of export that was ever made."""
    found = (_read(kept, f"{_OF_KIND}/{kind.value}") for kind in ExportKind)
    return tuple(request for request in found if request is not None)


def _read(kept: QSettings, key: str) -> ExportRequest | None:
    usual = ProofChoices()
    try:
        read = json.loads(str(kept.value(key, "")))
        return ExportRequest(
            ExportKind(read["kind"]),
            Selection(
                Choice(read["choice"]), int(read["stars"]), Label(read["label"]) if read["label"] else None
            ),
            Path(read["out_dir"]) if read["out_dir"] else None,
            XmpChoices(
                PROFILES[read["program"]],
                LABEL_SETS[read["labels"]],
                bool(read["embed"]),
                bool(read["advice"]),
                bool(read.get("looks", False)),
                metadata_from(read.get("metadata")),
                bool(read.get("regions", False)),
            ),
            proofs=ProofChoices(
                int(read.get("side", usual.side)),
                str(read.get("mark", usual.mark)),
                str(read.get("title", usual.title)),
            ),
            naming=naming_of(str(read.get("names", ""))),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def load_metadata(kept: QSettings) -> MetadataTemplate:
    """Read the metadata template that was written last; an empty one where there is none."""
    try:
        return metadata_from(json.loads(str(kept.value(_METADATA, "")))) or MetadataTemplate()
    except (ValueError, KeyError, TypeError, AttributeError):
        return MetadataTemplate()


def keep_metadata(kept: QSettings, template: MetadataTemplate) -> None:
    """Write a metadata template down."""
    kept.setValue(_METADATA, json.dumps(kept_metadata(template)))
    kept.sync()


def metadata_from(read: dict[str, Any] | None) -> MetadataTemplate | None:
    """Understand the metadata template of the last time; fields that are none any more are left out."""
    if not read:
        return None
    texts = {word: str(text) for word, text in read["texts"].items() if word in FIELD_OF}
    return MetadataTemplate(texts, bool(read["replaces"]), Path(read["codes"]) if read["codes"] else None)


def naming_of(template: str) -> Naming | None:
    """Understand the template of the last time; what the shoot was called and counted is of that shoot alone."""
    try:
        return Naming(NameTemplate.parse(template)) if template else None
    except TemplateError:
        return None


def keep_choices(kept: QSettings, request: ExportRequest) -> None:
    """Write them down."""
    selection, xmp = request.selection, request.xmp
    labels = next((code for code, labels in LABEL_SETS.items() if labels == xmp.labels), "en")
    words = json.dumps(
        {
            "kind": request.kind.value,
            "choice": selection.choice.value,
            "stars": selection.least_stars,
            "label": selection.label.value if selection.label else "",
            "out_dir": str(request.out_dir or ""),
            "program": xmp.profile.id,
            "labels": labels,
            "embed": xmp.embed,
            "advice": xmp.advice,
            "looks": xmp.looks,
            "regions": xmp.regions,
            "side": request.proofs.side,
            "mark": request.proofs.mark,
            "title": request.proofs.title,
            "metadata": kept_metadata(xmp.metadata),
            "names": "" if request.naming is None else request.naming.template.text,
        }
    )
    for key in (_KEY, f"{_OF_KIND}/{request.kind.value}"):
        kept.setValue(key, words)
    kept.sync()


def kept_metadata(template: MetadataTemplate | None) -> dict[str, Any] | None:
    """Return a template as JSON takes it: the reverse of ``metadata_from``."""
    if template is None:
        return None
    codes = "" if template.codes_path is None else str(template.codes_path)
    return {"texts": dict(template.texts), "replaces": template.replaces, "codes": codes}


def labels_of(locale: str) -> LabelSet:
    """Return the label texts of Lightroom in a language, such as "de_AT" or "pt_BR"; English where there are none."""
    code = locale.replace("_", "-")
    return LABEL_SETS.get(code) or LABEL_SETS.get(code.partition("-")[0]) or ENGLISH
