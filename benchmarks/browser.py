"""A real browser to look at the pages we write: Debian's Chromium, driven over WebDriver (W3C) in a few lines."""

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--hide-scrollbars"),
)
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_SECONDS = 60
_direct = build_opener(ProxyHandler({}))

DESK, PHONE = (1440, 900), (390, 844)
"""Sizes of windows, in the page's pixels."""


class NoBrowserError(Exception):
    """No browser can be started here."""


class Browser:
    """One window of it.

    Args:
        address: of the session.
        folder: where it saves what is saved.
    """

    def __init__(self, address: str, folder: Path) -> None:
        self._address = address
        self.folder = folder

    def open(self, page: Path) -> None:
        """Go to a page on the disk, and wait until it is loaded."""
        self._post("url", url=page.resolve().as_uri())

    def run(self, script: str, *arguments: object) -> Any:
        """Run a script in the page; what it returns comes back."""
        return self._post("execute/sync", script=script, args=arguments)

    def until(self, script: str) -> Any:
        """Wait in the page until an expression is true there; return it."""
        waits = (
            "const done = arguments[0], end = Date.now() + 20000;"
            f"(function look() {{ const seen = ({script}); "
            "if (seen || Date.now() > end) done(seen || null); else requestAnimationFrame(look); })();"
        )
        seen = self._post("execute/async", script=waits, args=())
        assert seen, f"this never came true: {script}"
        return seen

    def click(self, selector: str) -> None:
        """Click what a selector finds first, as a hand does: only where nothing lies over it."""
        self._post(f"element/{self._find(selector)}/click")

    def type(self, selector: str, words: str) -> None:
        """Type into a field."""
        self._post(f"element/{self._find(selector)}/value", text=words)

    def press(self, key: str) -> None:
        """Press a key, wherever the keyboard is."""
        strokes = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self._post("actions", actions=[{"type": "key", "id": "keys", "actions": strokes}])

    def picture(self, path: Path) -> None:
        """Keep what is seen as a PNG."""
        path.write_bytes(base64.b64decode(_ask(f"{self._address}/screenshot")))

    def troubles(self) -> list[str]:
        """Return what the browser complained of: failed scripts, pictures that are not there, what it forbade."""
        entries = self._post("se/log", type="browser")
        return [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]

    def _find(self, selector: str) -> str:
        return str(self._post("element", using="css selector", value=selector)[_ELEMENT])

    def _post(self, what: str, **body: object) -> Any:
        return _ask(f"{self._address}/{what}", body)


@contextmanager
def browser(folder: Path, size: tuple[int, int] = DESK) -> Iterator[Browser]:
    """Start the browser with an empty profile.

    Args:
        folder: for its profile and for what it saves.
        size: of the page; that of a phone makes it one, with fingers and fine pixels.

    Raises:
        NoBrowserError: none can be started here.
    """
    program = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        raise NoBrowserError("no Chromium with its driver is installed (Debian: chromium, chromium-driver)")
    options: dict[str, object] = {
        "binary": program,
        "args": [*_FLAGS, f"--user-data-dir={folder / 'profile'}", f"--window-size={size[0]},{size[1]}"],
        "prefs": {"download.default_directory": str(folder), "download.prompt_for_download": False},
    }
    phone = size == PHONE
    metrics = {"width": size[0], "height": size[1], "pixelRatio": 2.0 if phone else 1.0}
    options["mobileEmulation"] = {"deviceMetrics": {**metrics, "touch": phone, "mobile": phone}}
    wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
    process = subprocess.Popen(
        [driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    address = ""
    try:
        assert process.stdout is not None
        started = (re.search(r"started successfully on port (\d+)", line) for line in process.stdout)
        port = next((found[1] for found in started if found is not None), "")
        if not port:
            raise NoBrowserError("the browser's driver does not start")
        root = f"http://127.0.0.1:{port}/session"
        address = f"{root}/{_ask(root, {'capabilities': {'alwaysMatch': wanted}})['sessionId']}"
        yield Browser(address, folder)
    finally:
        if address:
            _ask(address, method="DELETE")
        process.terminate()
        process.communicate(timeout=_SECONDS)


def _ask(address: str, body: object = None, method: str | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = Request(address, data, {"Content-Type": "application/json"}, method=method)
    try:
        with _direct.open(request, timeout=_SECONDS) as answer:
            return json.load(answer)["value"]
    except OSError as error:
        told = error.read().decode(errors="replace") if isinstance(error, HTTPError) else ""
        raise AssertionError(f"the browser refused: {told or error}") from error
