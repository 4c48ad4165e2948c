"""The page of the settings about the user's own taste: what was learned of it, and the profile of the open shoot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.language import ntr, tr
from core.ranking.terms.table import TERMS
from core.taste.account import TermAccount
from core.taste.verdict import Verdict
from core.taste.words import account_words, verdict_words
from ui.painting import painter_on
from ui.theme import DARK, SPACING, Theme
from ui.widgets.choices import ChoiceBox
from ui.widgets.note import Note
from ui.widgets.style import css
from ui.widgets.tick_box import TickBox

_BAR_HEIGHT = 5  # logical pixels of either bar
_FULL = 0.6  # share of all points that fills the room: hardly a term has more


@dataclass(frozen=True, slots=True)
class TasteFacts:
    """What the page shows.

    Attributes:
        is_on: decisions are learned from, and what was learned may rank.
        of: whose it is: a profile's name, "" for all shoots together.
        verdict: how often it agrees with the user.
        terms: what was learned of each term.
        bursts: how many taught, in all shoots that are not left out.
        shoots: in how many shoots.
        left_out: how many shoots are left out.
        profiles: those there are, each with its title.
        shoot: title of the open shoot; "" where none is open.
        shoot_profile: name of its profile, "" for none.
        proposal: a sentence on the profile it could have by what is in it; "" where none is clear.
        shoot_left_out: the open shoot teaches nothing.
    """

    is_on: bool
    of: str
    verdict: Verdict
    terms: tuple[TermAccount, ...]
    bursts: int
    shoots: int
    left_out: int
    profiles: tuple[tuple[str, str], ...]
    shoot: str
    shoot_profile: str
    proposal: str
    shoot_left_out: bool


class TastePage(QWidget):
    """Shows what it is given, and signals what is asked for; the one who serves it changes things.

    Args:
        theme: colours.
        parent: the settings it is a page of.
    """

    switched = Signal(bool)
    other_wanted = Signal(str)  # name of a profile, "" for all shoots: show what was learned there
    forget_requested = Signal()
    export_chosen = Signal(str, object)  # as ``other_wanted``, and the file's Path
    file_chosen = Signal(object)  # Path of what to import
    profile_chosen = Signal(str)  # of the open shoot, "" for none
    profile_file_chosen = Signal(str, object)  # its name, and the Path to write it to
    left_out_chosen = Signal(bool)

    def __init__(self, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        intro = Note(
            self._theme,
            tr(
                "Which frame you pick of a burst and which you reject shows what counts to you. Suggestions go by "
                "that only where it agrees with you more often than the standard does, on bursts it has not seen. "
                "Nothing of it leaves this computer."
            ),
        )
        self._on = TickBox(tr("Learn from what I decide"))
        self._on.clicked.connect(self.switched)
        self._of: ChoiceBox[str] = ChoiceBox()
        self._of.setAccessibleName(tr("Shoots learned from"))
        self._of.activated.connect(lambda _index: self.other_wanted.emit(self._of.value()))
        head = QHBoxLayout()
        head.addWidget(self._on, 1)
        head.addWidget(self._of)
        self._verdict = QLabel(wordWrap=True)
        font = self._verdict.font()
        font.setBold(True)
        self._verdict.setFont(font)
        self._counts = Note(self._theme)
        self._terms = QGridLayout()
        self._terms.setHorizontalSpacing(2 * SPACING)
        self._terms.setVerticalSpacing(SPACING // 2)
        self._terms.setColumnStretch(1, 1)
        self._rows: list[QWidget] = []
        self._words = Note(self._theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * SPACING)
        layout.addWidget(intro)
        layout.addLayout(head)
        layout.addWidget(self._verdict)
        layout.addWidget(self._counts)
        layout.addLayout(self._terms)
        layout.addLayout(self._files())
        layout.addWidget(self._words)
        layout.addWidget(self._shoot_part())
        layout.addStretch(1)
        self.setEnabled(False)  # until it is known what to show

    def show_facts(self, facts: TasteFacts) -> None:
        """Show what is known now."""
        self.setEnabled(True)
        self._facts = facts
        self._on.setChecked(facts.is_on)
        self._of.offer([("", tr("In all shoots")), *facts.profiles])
        self._of.set_value(facts.of)
        off = tr("Switched off: nothing is learned, and the standard ranks.")
        self._verdict.setText(verdict_words(facts.verdict) if facts.is_on else off)
        self._counts.setText(counts_words(facts))
        self._show_terms(facts.terms if facts.verdict.is_enough else ())
        self._forget.setEnabled(bool(facts.bursts or facts.left_out or facts.verdict.bursts))
        self._export.setEnabled(facts.verdict.is_enough)
        self._show_shoot(facts)

    def show_words(self, words: str) -> None:
        """Say how something ended; "" says nothing."""
        self._words.setText(words)

    def text(self) -> str:
        """Return all that is said of what was learned, as it is read from top to bottom."""
        rows = [row.text() for row in self._rows if isinstance(row, QLabel)]
        return "\n".join((self._verdict.text(), self._counts.text(), *rows, self._words.text()))

    def _files(self) -> QHBoxLayout:
        self._forget = self._button(tr("Forget me…"), self.forget_requested.emit)
        self._export = self._button(tr("Export…"), self._choose_export)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._forget)
        row.addWidget(self._button(tr("Import…"), self._choose_import))
        row.addWidget(self._export)
        return row

    def _shoot_part(self) -> QWidget:
        self._shoot = QWidget()
        self._title = QLabel()
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._profile: ChoiceBox[str] = ChoiceBox()
        self._profile.setAccessibleName(tr("Profile"))
        self._profile.activated.connect(lambda _index: self.profile_chosen.emit(self._profile.value()))
        self._save = self._button(tr("Save as a file…"), self._choose_profile_file)
        row = QHBoxLayout()
        row.addWidget(QLabel(tr("Profile")))
        row.addWidget(self._profile)
        row.addWidget(self._save)
        row.addStretch(1)
        self._proposal = Note(self._theme)
        self._left_out = TickBox(tr("Learn nothing from this shoot"))
        self._left_out.clicked.connect(self.left_out_chosen)
        layout = QVBoxLayout(self._shoot)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self._title)
        layout.addLayout(row)
        layout.addWidget(self._proposal)
        layout.addWidget(
            Note(
                self._theme,
                tr(
                    "A profile says what is meant so and makes no likely reject, and learns by itself what counts "
                    "to you in such shoots. A file that you changed becomes a profile of your own by Import…"
                ),
            )
        )
        layout.addWidget(self._left_out)
        return self._shoot

    def _show_terms(self, terms: Sequence[TermAccount]) -> None:
        for row in self._rows:
            self._terms.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        if not terms:
            return
        self._add_row(QLabel(), TasteLegend(self._theme), QLabel())
        for told in terms:
            shares = QLabel(_shares(told))
            shares.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._add_row(QLabel(tr(TERMS[told.term].words.title)), TasteBars(told, self._theme), shares)
            if words := account_words(told):
                self._add_row(QLabel(), Note(self._theme, words), QLabel())

    def _add_row(self, *cells: QWidget) -> None:
        at = self._terms.rowCount()
        for column, cell in enumerate(cells):
            self._terms.addWidget(cell, at, column)
            self._rows.append(cell)

    def _show_shoot(self, facts: TasteFacts) -> None:
        self._shoot.setVisible(bool(facts.shoot))
        self._title.setText(tr("The open shoot: {shoot}").format(shoot=facts.shoot))
        self._profile.offer([("", tr("None")), *facts.profiles])
        self._profile.set_value(facts.shoot_profile)
        self._save.setEnabled(bool(facts.shoot_profile))
        self._proposal.setText(facts.proposal)
        self._proposal.setVisible(bool(facts.proposal) and not facts.shoot_profile)
        self._left_out.setChecked(facts.shoot_left_out)

    def _choose_export(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Export…"), "taste.toml", _files())
        if chosen:
            self.export_chosen.emit(self._of.value(), Path(chosen))

    def _choose_import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Import…"), "", _files())
        if chosen:
            self.file_chosen.emit(Path(chosen))

    def _choose_profile_file(self) -> None:
        name = self._profile.value()
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save as a file…"), Path(name).with_suffix(".toml").name, _files()
        )
        if chosen:
            self.profile_file_chosen.emit(name, Path(chosen))

    def _button(self, words: str, pressed: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: pressed())
        return button


class TasteBars(QWidget):
    """One term: its share of what counts to the user above that in the standard.

    Args:
        told: what was learned of it.
        theme: colours.
    """

    def __init__(self, told: TermAccount, theme: Theme) -> None:
        super().__init__()
        self._told = told
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = ntr("{count} burst tells of it", "{count} bursts tell of it", told.bursts)
        self.setToolTip(words.format(count=told.bursts))
        self.setAccessibleName(f"{tr(TERMS[told.term].words.title)}: {_shares(told)}")

    def sizeHint(self) -> QSize:
        """Return room for both bars."""
        return QSize(24 * SPACING, 2 * _BAR_HEIGHT + SPACING)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both bars."""
        painter = painter_on(self)
        top = (self.height() - 2 * _BAR_HEIGHT - 2) / 2
        for share, colour in (
            (self._told.learned, self._theme.suggestion),
            (self._told.standard, self._theme.faint),
        ):
            width = self.width() * min(1.0, share / _FULL)
            painter.fillRect(QRectF(0, top, width, _BAR_HEIGHT), colour)
            top += _BAR_HEIGHT + 2


class TasteLegend(QLabel):
    """Says which bar is whose.

    Args:
        theme: colours.
    """

    def __init__(self, theme: Theme) -> None:
        bars = ((css(theme.suggestion), tr("yours")), (css(theme.faint), tr("standard")))
        super().__init__(
            " &nbsp; ".join(f'<span style="color: {colour}">■</span> {words}' for colour, words in bars),
            textFormat=Qt.TextFormat.RichText,
        )


def counts_words(facts: TasteFacts) -> str:
    """Say from how much it was learned, such as "412 bursts of 3 shoots taught it; 1 shoot is left out."."""
    bursts = ntr("{count:,} burst", "{count:,} bursts", facts.bursts).format(count=facts.bursts)
    shoots = ntr("{count} shoot", "{count} shoots", facts.shoots).format(count=facts.shoots)
    words = (
        tr("Learned from {bursts} of {shoots}.").format(bursts=bursts, shoots=shoots) if facts.bursts else ""
    )
    out = ntr("{count} shoot is left out.", "{count} shoots are left out.", facts.left_out)
    return " ".join(filter(None, (words, out.format(count=facts.left_out) if facts.left_out else "")))


def _shares(told: TermAccount) -> str:
    return tr("{yours} %, standard {standard} %").format(
        yours=round(100 * told.learned), standard=round(100 * told.standard)
    )


def _files() -> str:
    """Return what a dialog for files offers."""
    return tr("Files of a taste (*.toml)")
