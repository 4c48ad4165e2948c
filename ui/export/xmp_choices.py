"""How metadata is written: for which program, in which words, and whether into the photos themselves."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from core.export.xmp import XmpChoices
from core.language import explained, ntr, numeral, tr
from core.sidecar.label_names import LABEL_SETS
from core.sidecar.profiles import EMBEDDING_WARNING, PROFILES, LabelNames, Profile
from ui.export.metadata_choice import EditTemplate, MetadataChoice
from ui.theme import SPACING, Theme
from ui.widgets.choices import ChoiceBox
from ui.widgets.style import css
from ui.widgets.tick_box import TickBox


class XmpForm(QWidget):
    """The choices of ``XmpChoices``.

    Args:
        theme: colours.
        edit_template: lets the user write a metadata template.

    Attributes:
        metadata: whether one is written along, and which.
    """

    changed = Signal()

    def __init__(self, theme: Theme, edit_template: EditTemplate | None = None) -> None:
        super().__init__()
        self._unread = 0
        self._possible = True
        self._theme = theme
        self._program = ChoiceBox((profile, tr(profile.name)) for profile in PROFILES.values())
        self._labels = ChoiceBox(
            (labels, explained(labels.name, f"{labels.red}, {labels.yellow}, …"))
            for code, labels in LABEL_SETS.items()
            if code != "bridge"  # a program of its own here
        )
        self._program.setAccessibleName(tr("Program that will read it"))
        self._labels.setAccessibleName(tr("Names of colour labels"))
        self._embed = TickBox(tr("Write into JPEG, TIFF, PNG and DNG files themselves"))
        self._advice = TickBox(tr("With the suggestion, its score and reasons"))
        self._looks = TickBox(tr("With the names of looks as keywords"))
        self._regions = TickBox(tr("With the faces of named people as regions"))
        self.metadata = MetadataChoice(theme, edit_template)
        self._note = QLabel(wordWrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Room for two lines of each of two notes: nothing moves as programs are tried out.
        self._note.setMinimumHeight(3 * self._note.fontMetrics().lineSpacing() + 2)
        boxes = QVBoxLayout()  # one below the other: side by side, some screens end before
        boxes.setSpacing(SPACING // 2)
        boxes.addWidget(self._embed)
        boxes.addWidget(self._advice)
        boxes.addWidget(self._looks)
        boxes.addWidget(self._regions)
        boxes.addWidget(self.metadata)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(2 * SPACING)
        layout.setVerticalSpacing(SPACING)
        layout.setColumnStretch(1, 1)
        layout.addWidget(QLabel(tr("For")), 0, 0)
        layout.addWidget(self._program, 0, 1)
        layout.addWidget(QLabel(tr("Labels")), 1, 0)
        layout.addWidget(self._labels, 1, 1)
        layout.addLayout(boxes, 2, 1)
        layout.addWidget(self._note, 3, 1)
        self._program.currentIndexChanged.connect(self._tell)
        self._labels.currentIndexChanged.connect(self._tell)
        self._embed.toggled.connect(self._tell)
        self._advice.toggled.connect(self._tell)
        self._looks.toggled.connect(self._tell)
        self._regions.toggled.connect(self._tell)
        self.metadata.changed.connect(self._tell)
        self._say()

    def choices(self) -> XmpChoices:
        """Return what is chosen now."""
        return XmpChoices(
            self._profile(),
            self._labels.value(),
            self._embed.isChecked() and self._embed.isEnabled(),
            self._advice.isChecked(),
            self._looks.isChecked(),
            self.metadata.template(),
            self._regions.isChecked(),
        )

    def set_choices(self, choices: XmpChoices) -> None:
        """Set the choices, such as those of the last time."""
        self._program.set_value(choices.profile)
        self._labels.set_value(choices.labels)
        self._embed.setChecked(choices.embed)
        self._advice.setChecked(choices.advice)
        self._looks.setChecked(choices.looks)
        self._regions.setChecked(choices.regions)
        self.metadata.set_template(choices.metadata)

    def set_embedding_possible(self, possible: bool) -> None:
        """Allow embedding or not: in a folder of their own there are only sidecars."""
        self._possible = possible
        self._say()

    def show_unread(self, count: int) -> None:
        """Say how many photos the program will not see decisions of, unless they are embedded."""
        self._unread = count
        self._say()

    def _profile(self) -> Profile:
        return self._program.value()

    def _tell(self) -> None:
        self._unread = 0  # of other choices; a new count comes with the preview
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        profile = self._profile()
        self._labels.setEnabled(profile.label_names is LabelNames.USERS)
        self._embed.setEnabled(bool(profile.embeds) and self._possible)
        notes = [tr(profile.note)] if profile.note else []
        colour = self._theme.text_dim
        if self.choices().embed:
            notes.insert(0, tr(EMBEDDING_WARNING))
            colour = self._theme.warning
        elif self._unread:
            if self._embed.isEnabled():
                notes.insert(0, tr("Tick “{choice}” for that.").format(choice=self._embed.text()))
            notes.insert(0, unread_words(profile, self._unread))
            colour = self._theme.warning
        self._note.setText(" ".join(notes))
        self._note.setStyleSheet(f"color: {css(colour)};")


def unread_words(profile: Profile, count: int) -> str:
    """Say of how many photos a program will not see decisions in sidecars."""
    words = ntr(
        "{program} will not see the decision on {count} photo in a sidecar, only in the file itself.",
        "{program} will not see the decisions on {count} photos in sidecars, only in the files themselves.",
        count,
    )
    return words.format(program=profile.name, count=numeral(count))
