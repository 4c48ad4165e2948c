"""What is said of work while it goes on: it never takes the place of what was said since, and takes itself back."""

from ui.widgets.message_bar import MessageBar


class ToldWork:
    """One sentence about work that is being done, as far as nothing else was said meanwhile.

    Args:
        messages: where it is said.
    """

    def __init__(self, messages: MessageBar) -> None:
        self._messages = messages
        self._said = ""

    def begin(self, words: str) -> None:
        """Say what is begun."""
        self._messages.show_info(words)
        self._said = words

    def go_on(self, words: str) -> None:
        """Say how far it is, where nothing else is said now."""
        if self._messages.text() in ("", self._said):
            self.begin(words)

    def end(self) -> None:
        """Take back what was said of it, wherever it waits; another message stays."""
        self._messages.withdraw(self._said)
        self._said = ""

    def fail(self, sentence: str) -> None:
        """Say why nothing comes of it."""
        self.end()
        self._messages.show_error(sentence)
