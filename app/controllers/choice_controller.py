"""A client's choice: read in a dialog, decided in one undo, and shown with the client's words."""

from PySide6.QtCore import QObject

from app.controllers.review_controller import ReviewController
from app.controllers.session_controller import SessionController
from core.language import explained, ntr, tr
from core.review.changes import Change
from core.review.choice.chosen import ClientsChoice
from core.review.choice.taking import ChoiceBecomes, marks_of
from core.shoot.listed import Listed
from ui.commands import table
from ui.main_window import MainWindow
from ui.widgets.picture_list import PictureSources


class ClientsChoiceController(QObject):
    """Takes choices in.

    Args:
        window: has the command, and shows the photos.
        session: the open shoot.
        review: decides, and offers to undo.
        pictures: for the dialog.
    """

    def __init__(
        self,
        window: MainWindow,
        session: SessionController,
        review: ReviewController,
        pictures: PictureSources,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._review = review
        self._pictures = pictures
        window.commands.bind(table.CLIENTS_CHOICE, self._ask)

    def _ask(self) -> None:
        photos = dict(self._session.shoot.photos)
        if not photos:
            self._window.messages.show_info(tr("There are no photos yet that a client could have chosen."))
            return
        # Not above: what reads a client's words has more patterns to compile than all else that a start loads.
        from ui.dialogs.choice_dialog import ClientsChoiceDialog

        dialog = ClientsChoiceDialog(photos, self._pictures, parent=self._window, theme=self._window.theme)
        dialog.taken.connect(self._take)
        dialog.open()

    def _take(self, choice: ClientsChoice, becomes: ChoiceBecomes) -> None:
        shoot, review = self._session.shoot, self._session.review
        marks = {id_: marks for id_, marks in marks_of(choice, becomes).items() if id_ in shoot.photos}
        taken: list[Change | None] = []

        def take() -> Change | None:
            taken.append(review.take_choice(marks))
            return taken[0]

        self._review.apply(take)
        self._show(choice)
        if taken == [None]:
            self._window.messages.show_info(tr("They have that already."))
        else:
            self._review.say_done()

    def _show(self, choice: ClientsChoice) -> None:
        """Show the photos by themselves, each with the client's word."""
        photos = self._session.shoot.photos
        ids = [one.photo_id for one in choice.photos if one.photo_id in photos]
        if not ids:
            return
        words = ntr("Client's choice: {count:,} photo", "Client's choice: {count:,} photos", len(ids))
        title = words.format(count=len(ids))
        why = {
            one.photo_id: explained(choice.who, one.word) if choice.who else one.word
            for one in choice.photos
            if one.word
        }
        order = list(photos)
        self._window.space.show_listed(Listed(title, frozenset(ids), why), min(ids, key=order.index))
