"""Downloads one known file over a bad line: resumes where it stopped, and trusts nothing but the checksum."""

import contextlib
import hashlib
import http.client
import os
import re
import shutil
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import truststore

from core.errors import ModelError, ShortlistError
from core.files import open_file, open_to_change
from core.language import Sentence, say
from models.catalogue import Download, part_of

_CHUNK = 1 << 18  # bytes
_SPARE_ROOM = 10_000_000  # bytes left free on the disk
_WORTH_ANOTHER_TRY = frozenset({408, 425, 429, 500, 502, 503, 504})  # HTTP: busy or broken, but only for now
_RANGE_REFUSED = 416
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")

Report = Callable[[int, int], None]
"""Is told how many bytes are there, of how many."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a server.

    Attributes:
        stall: seconds without a single byte after which a connection is given up.
        tries: connections made before the download is given up; what came so far is kept.
        pause: seconds before the second try; doubled before each further one.
    """

    stall: float = 30.0
    tries: int = 5
    pause: float = 1.0


class _InterruptedError(ShortlistError):
    """This connection brought no more; the next may."""


def fetch(download: Download, target: Path, report: Report, patience: Patience) -> None:
    """Download a file; ``target`` appears only when all of it is there and has the right sha256.

    Args:
        download: what to fetch.
        target: where to put it; its folder is made.
        report: called after each piece.
        patience: how long to wait and how often to try.

    Raises:
        ModelError: it could not be downloaded. What came so far is kept, and the next call resumes there, unless it
            is wrong.
    """
    part = part_of(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(2):  # a part that another server or version left there shows only at the end
            _check_room(download, part)
            _complete(download, part, report, patience)
            if _sha256(part) == download.sha256:
                part.replace(target)
                return
            part.unlink()
    except OSError as error:
        cause = error.strerror or str(error)
        raise ModelError(say("{file} cannot be written: {cause}.", file=part, cause=cause)) from error
    raise ModelError(
        say(
            "What {url} sent is not {file}: its checksum is wrong. Nothing was installed.",
            url=download.url,
            file=download.file,
        )
    )


def _check_room(download: Download, part: Path) -> None:
    needed = download.size_bytes - _size(part)
    free = shutil.disk_usage(part.parent).free
    if free < needed + _SPARE_ROOM:
        raise ModelError(
            say(
                "{file} needs {needed:.0f} MB, but only {free:.0f} MB are free in {folder}.",
                file=download.file,
                needed=needed / 1e6,
                free=free / 1e6,
                folder=part.parent,
            )
        )


def _complete(download: Download, part: Path, report: Report, patience: Patience) -> None:
    """Try until the part is as long as the file has to be."""
    reason = Sentence("")
    for attempt in range(patience.tries):
        if attempt:
            time.sleep(patience.pause * 2 ** (attempt - 1))
        try:
            if _size(part) != download.size_bytes:
                _receive(download, part, report, patience.stall)
            return
        except _InterruptedError as interruption:
            reason = interruption.sentence
    kept = _size(part)
    raise ModelError(
        say(
            "The download of {file} failed: {reason} {kept:.1f} of {size:.1f} MB are here. Run the same command"
            " again to go on, or bring the file from elsewhere and use --from FILE.",
            file=download.file,
            reason=reason,
            kept=kept / 1e6,
            size=download.size_bytes / 1e6,
        )
    )


def _receive(download: Download, part: Path, report: Report, stall: float) -> None:
    """Add what one connection brings to the part. Raises _InterruptedError where that is not all."""
    have = _size(part)
    headers = {"User-Agent": "shortlist", "Accept-Encoding": "identity"}
    if have > download.size_bytes:
        have = 0
    if have:
        headers["Range"] = f"bytes={have}-"
    try:
        with _open(urllib.request.Request(download.url, headers=headers), stall) as response:  # noqa: S310
            have = _start(response, download, have)
            with open_to_change(part) if have else part.open("wb") as file:
                file.truncate(have)
                file.seek(have)
                while piece := _next_piece(response):
                    have += len(piece)
                    if have > download.size_bytes:
                        file.truncate(0)
                        raise _InterruptedError(say("the server sent more than the file has."))
                    file.write(piece)
                    report(have, download.size_bytes)
                file.flush()
                os.fsync(file.fileno())
    except urllib.error.HTTPError as error:
        _answer(error, download, part)
    except urllib.error.URLError as error:
        if isinstance(error.reason, ssl.SSLCertVerificationError):
            raise ModelError(
                say(
                    "The server of {url} could not prove who it is ({cause}); check this machine's clock and"
                    " certificates.",
                    url=download.url,
                    cause=error.reason.verify_message,
                )
            ) from error
        server = urllib.parse.urlsplit(download.url).netloc
        raise _InterruptedError(
            say("{server} cannot be reached ({cause}).", server=server, cause=error.reason)
        ) from error
    if have < download.size_bytes:
        raise _InterruptedError(say("the connection ended too early."))


def _start(response: http.client.HTTPResponse, download: Download, have: int) -> int:
    """Return at which byte of the file the answer starts."""
    if response.status == http.HTTPStatus.PARTIAL_CONTENT:
        answer = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if answer and int(answer[1]) == have and answer[2] in ("*", str(download.size_bytes)):
            return have
        raise _wrong_file(download)
    length = response.headers.get("Content-Length")
    if length is not None and length != str(download.size_bytes):
        raise _wrong_file(download)
    return 0  # the server knows no ranges, or none was asked for


def _next_piece(response: http.client.HTTPResponse) -> bytes:
    """Return what has arrived; b"" at the end."""
    try:
        return response.read1(_CHUNK)
    except TimeoutError as error:
        raise _InterruptedError(say("nothing more came.")) from error
    except (OSError, http.client.HTTPException) as error:
        raise _InterruptedError(say("the connection broke ({cause}).", cause=type(error).__name__)) from error


def _open(request: urllib.request.Request, stall: float) -> http.client.HTTPResponse:
    """Connect, through the proxy the system names, trusting the certificates the system trusts."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))
    try:
        response: http.client.HTTPResponse = opener.open(request, timeout=stall)
    except urllib.error.URLError:
        raise
    except TimeoutError as error:
        raise _InterruptedError(say("the server does not answer.")) from error
    except (OSError, http.client.HTTPException) as error:
        raise _InterruptedError(say("the connection broke ({cause}).", cause=type(error).__name__)) from error
    return response


def _answer(error: urllib.error.HTTPError, download: Download, part: Path) -> None:
    """Decide what to make of a refusal: try again, start anew, or give up."""
    with contextlib.closing(error):
        if error.code == _RANGE_REFUSED:
            part.unlink(missing_ok=True)
            raise _InterruptedError(say("the server would not go on where the last try stopped.")) from error
        if error.code in _WORTH_ANOTHER_TRY:
            raise _InterruptedError(
                say("the server answered {code} ({reason}).", code=error.code, reason=error.reason)
            ) from error
        raise ModelError(
            say(
                "{file} cannot be fetched: the server answered {code} ({reason}) for {url}. A newer Shortlist may know"
                " another place; or bring the file from elsewhere and use --from FILE.",
                file=download.file,
                code=error.code,
                reason=error.reason,
                url=download.url,
            )
        ) from error


def _wrong_file(download: Download) -> ModelError:
    return ModelError(
        say(
            "The server offers another file than {file} at {url}: its length is wrong. Nothing was installed.",
            file=download.file,
            url=download.url,
        )
    )


def _size(part: Path) -> int:
    try:
        return part.stat().st_size
    except FileNotFoundError:
        return 0


def _sha256(path: Path) -> str:
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
