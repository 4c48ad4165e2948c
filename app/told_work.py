"""What is said of work while it goes on: it gives way to what is said since, comes back, and ends with the work."""

from ui.widgets.message_bar import MessageBar


class ToldWork:
    """One sentence about work that is being done, for as long as that takes.

    Args:
        messages: where it is said.
    """

    def __init__(self, messages: MessageBar) -> None:
        self._messages = messages
        self._said = ""

    def begin(self, words: str) -> None:
        """Say what is begun."""
        self.end()
        self._messages.show_work(words)
        self._said = words

    def go_on(self, words: str) -> None:
        """Say how far it is, in the place of what was said of it; where somebody closed that, nothing."""
        self._messages.reword(self._said, words)
        self._said = words

    def end(self) -> None:
        """Take back what was said of it, wherever it waits; another message stays."""
        if self._said:
            self._messages.withdraw(self._said)
        self._said = ""

    def fail(self, sentence: str) -> None:
        """Say why nothing comes of it."""
        self.end()
        self._messages.show_error(sentence)
