"""Find in all shoots: the photos that have what is typed, of whatever shoot, each with why; and the way to them."""

from PySide6.QtCore import QObject, Signal

from app.all_shoots import Hit, search_all_shoots
from app.controllers.elsewhere import Elsewhere
from app.filled_library import filled_library
from app.job import Job, Progress
from core.cancelling import Cancelled
from core.errors import ShortlistError
from core.language import ntr, tr
from core.library.drives import Presence
from core.library.duplicate_words import away_words
from core.library.gaps import gap_words
from core.shoot.all_shoots import check_asked
from core.shoot.completion import completions
from core.shoot.query import NoQueryError, Query, parse
from ui.commands import table
from ui.dialogs.found_dialog import FoundRow
from ui.dialogs.search_dialog import SearchDialog

_LISTED = 300  # photos: more are hardly looked at
_COUNTED = 10_000  # photos found, beyond which nobody wants to know how many


class EverywhereController(QObject):
    """Asks the library while somebody types, and shows photos as they are found.

    Args:
        elsewhere: leads to photos of whatever shoot.
    """

    _found = Signal(object, object)  # the job's query, and some hits; from the job's thread
    _lacking = Signal(str)  # what may not be found, once that is known; from there too

    def __init__(self, elsewhere: Elsewhere) -> None:
        super().__init__(elsewhere.window)
        self._elsewhere = elsewhere
        self._window = elsewhere.window
        self._session = elsewhere.session
        self._services = elsewhere.services
        self._dialog: SearchDialog | None = None
        self._job: Job | None = None
        self._asked: Query | None = None  # what the list answers, or will
        self._next: Query | None = None  # typed while something else is being looked for
        self._hits: list[Hit] = []
        self._count = 0
        self._typed = ""  # as a query the last time; the dialog is closed before what it found is gone to
        self._gaps = ""
        self._found.connect(self._take)
        self._lacking.connect(self._know_gaps)
        self._window.commands.bind(table.SEARCH_ALL, self.show)
        self._window.space.filter_bar.search_all_requested.connect(self.show)

    def stop(self) -> None:
        """End what is being looked for: the program closes."""
        self._next = None
        if self._job is not None:
            self._job.stop()

    def show(self) -> None:
        """Ask what to look for, beginning with what is in the search box."""
        if self._dialog is not None:
            return
        try:
            self._gaps = gap_words(self._services.library)
        except ShortlistError as error:
            self._window.messages.show_error(str(error))
            return
        bar = self._window.space.filter_bar
        words = completions(self._session.shoot)
        dialog = SearchDialog(
            bar.search_text, words, self._elsewhere.sources, self._window, self._window.theme
        )
        dialog.typed.connect(self._ask)
        dialog.chosen.connect(self._open)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        self._ask(dialog.text)
        dialog.open()

    def _ask(self, text: str) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        try:
            query = parse(text)
            check_asked(query)
        except NoQueryError as error:
            dialog.complain(str(error))
            return
        dialog.complain("")
        self._typed = " ".join(text.split())
        if query == self._asked:
            return
        self._asked, self._hits, self._count = query, [], 0
        if self._job is not None:
            self._job.cancel()
        dialog.start_over(tr("Looking through all shoots…") if query.terms else self._welcome())
        if not query.terms:
            self._next = None
        elif self._job is None:
            self._start(query)
        else:
            self._next = query

    def _welcome(self) -> str:
        words = tr(
            "Words, names, keywords, things, dates, lenses, as in the search box: each photo that has all of it is "
            "listed, in whatever shoot it is."
        )
        return " ".join(filter(None, (words, self._gaps)))

    def _start(self, query: Query) -> None:
        def find(progress: Progress, cancelled: Cancelled) -> bool:
            count = 0
            filled_library(self._services, cancelled=cancelled)
            self._lacking.emit(gap_words(self._services.library))
            for hits in search_all_shoots(query, self._services, cancelled, progress):
                self._found.emit(query, hits)
                count += len(hits)
                if count >= _COUNTED:
                    return False
            return True

        job = self._job = Job(find, self)
        job.progressed.connect(lambda done, total: self._tell(query, done, total))
        job.ended.connect(lambda whole: self._end(query, whole))
        job.failed.connect(lambda sentence: self._fail(query, sentence))
        job.finished.connect(self._ended)
        job.start()

    def _know_gaps(self, words: str) -> None:
        self._gaps = words

    def _tell(self, query: Query, done: int, total: int) -> None:
        if self._dialog is not None and query is self._asked:
            words = tr("Looking for what is described in English: {done:,} of {total:,} photos…")
            self._dialog.add((), words.format(done=done, total=total))

    def _take(self, query: Query, hits: list[Hit]) -> None:
        if self._dialog is None or query is not self._asked or not hits:
            return
        self._count += len(hits)
        fresh = hits[: max(0, _LISTED - len(self._hits))]
        self._hits += fresh
        self._elsewhere.know(hit.frame for hit in self._hits)
        rows = [self._elsewhere.row(hit.frame, _why(hit)) for hit in fresh]
        self._dialog.add(rows, tr("Looking through all shoots…"))

    def _end(self, query: Query, whole: bool) -> None:
        if self._dialog is None or query is not self._asked:
            return
        if not self._count:
            note = tr("No photo of any shoot has all of it.")
        elif not whole:
            note = tr("More than {count:,} photos have all of it; the first {listed:,} are listed.").format(
                count=_COUNTED, listed=len(self._hits)
            )
        elif self._count > len(self._hits):
            note = tr("{count:,} photos have all of it; the first {listed:,} are listed.").format(
                count=self._count, listed=len(self._hits)
            )
        else:
            note = ntr(
                "{count:,} photo has all of it.", "{count:,} photos have all of it.", self._count
            ).format(count=self._count)
        self._dialog.add((), " ".join(filter(None, (note, self._gaps))))

    def _fail(self, query: Query, sentence: str) -> None:
        if self._dialog is not None and query is self._asked:
            self._dialog.add((), sentence)

    def _ended(self) -> None:
        self._job = None
        query, self._next = self._next, None
        if query is not None and self._dialog is not None:
            self._start(query)

    def _open(self, row: FoundRow) -> None:
        hits = {hit.frame.photo.id: hit for hit in self._hits}
        why = {photo_id: _why(hit) for photo_id, hit in hits.items()}
        self._elsewhere.go_to(hits[row.photo_id].frame, tr("Found: {text}").format(text=self._typed), why)

    def _closed(self) -> None:
        dialog, self._dialog = self._dialog, None
        self._asked = self._next = None
        if self._job is not None:
            self._job.cancel()
        if dialog is not None:
            dialog.deleteLater()


def _why(hit: Hit) -> str:
    return ", ".join((*hit.why, away_words()) if hit.presence is Presence.AWAY else hit.why)
