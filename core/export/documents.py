"""One file about a whole shoot, written in one go: a list, a table, a contact sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.errors import PhotoError, SidecarError
from core.export.planned import CHANGED_MEANWHILE, Action, PlannedFile, Prepared, folders_to_make, link_of
from core.export.touched import Touched
from core.files import MOST_DOCUMENT_BYTES, read_file
from core.sidecar.atomic_file import FileStamp, sentence, stamp_of, why_not_writable, write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDocument(PlannedFile):
    """One document to write.

    Attributes:
        render: makes the whole file.
        stamp: of the file when planned; None where there was none.
    """

    render: Callable[[], bytes]
    stamp: FileStamp | None

    def prepare(self) -> Prepared:
        """See the base class."""

        def nobody_wrote_it() -> None:
            if stamp_of(self.written) != self.stamp:
                raise PhotoError(self.path, CHANGED_MEANWHILE)

        self.check_link()
        nobody_wrote_it()
        content = self.render()
        before = None if self.stamp is None else read_file(self.written, MOST_DOCUMENT_BYTES)
        touched = Touched.write(self.written, before, content, self.link)
        return Prepared(
            (*folders_to_make(self.path), touched),
            lambda: write_whole(self.written, content, nobody_wrote_it),
        )


def plan_document(path: Path, render: Callable[[], bytes]) -> PlannedDocument:
    """Plan one document; a file of that name is replaced.

    Args:
        path: the file.
        render: makes the whole file; called while planning only where there is one to compare with.
    """
    action, remark, stamp, leads_to = Action.CREATE, "", None, None
    try:
        leads_to = link_of(path)
        stamp = stamp_of(path)
        if reason := why_not_writable(path):
            action, remark = Action.REFUSED, str(reason)
        elif stamp is not None:
            action = Action.UNCHANGED if read_file(path, MOST_DOCUMENT_BYTES) == render() else Action.UPDATE
    except SidecarError as error:
        action, remark = Action.REFUSED, error.reason
    except OSError as error:
        action, remark = Action.REFUSED, str(sentence(error))
    return PlannedDocument(
        path=path, action=action, remark=remark, render=render, stamp=stamp, leads_to=leads_to
    )
