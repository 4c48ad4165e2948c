"""How large the user left each kind of dialog, in the file of choices."""

from collections.abc import Iterator, MutableMapping

from PySide6.QtCore import QSettings, QSize

_GROUP = "dialog_sizes"


class DialogSizes(MutableMapping[str, QSize]):
    """Sizes by the names of dialogs, as ``ui.widgets.sized_dialog`` asks for them; what makes no sense is not there.

    Args:
        kept: where choices are on disk.
    """

    def __init__(self, kept: QSettings) -> None:
        self._kept = kept

    def __getitem__(self, name: str) -> QSize:
        size = self._kept.value(f"{_GROUP}/{name}")
        if not isinstance(size, QSize) or size.isEmpty():
            raise KeyError(name)
        return size

    def __setitem__(self, name: str, size: QSize) -> None:
        self._kept.setValue(f"{_GROUP}/{name}", size)

    def __delitem__(self, name: str) -> None:
        self._kept.remove(f"{_GROUP}/{name}")

    def __iter__(self) -> Iterator[str]:
        self._kept.beginGroup(_GROUP)
        names = self._kept.childKeys()
        self._kept.endGroup()
        return iter(names)

    def __len__(self) -> int:
        return sum(1 for _ in self)
