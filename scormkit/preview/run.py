"""Runs the preview: a socket, a server, and a watch over the author's files."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import threading
import webbrowser
from pathlib import Path

import uvicorn
from watchfiles import Change, awatch

from scormkit.preview import PORT
from scormkit.preview.desk import Desk
from scormkit.preview.lms import Lms
from scormkit.preview.server import application
from scormkit.preview.workshop import Shown, shown

TRIES = 20
QUIET = 50  # milliseconds at most that changes are waited for: editors write in several steps
CALM = 0.7  # seconds in which the browser has the processor, and opens the course again, before all is checked
TEXTS = ".md"


def run(path: Path, port: int | None, open_browser: bool, profiles: tuple[str, ...]) -> None:
    """See `scormkit.preview.serve`."""
    workshop = shown(path, profiles)
    workshop.load()
    with _socket(port) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        print(f"The preview is at {address}  (Ctrl-C ends it)", flush=True)
        if open_browser:
            threading.Timer(0.3, _show, [address]).start()
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(workshop, listening))


def _show(address: str) -> None:
    if not webbrowser.open(address):
        print("No browser could be opened from here: open that address yourself.", flush=True)


def _socket(port: int | None) -> socket.socket:
    """A socket on the port that was asked for, or on the first free one from PORT on."""
    wanted = [port] if port is not None else [*range(PORT, PORT + TRIES), 0]
    for number in wanted:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":  # elsewhere it means that a port which is taken may be shared
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", number))
            listening.listen()  # a browser that is faster than the server waits, and a second preview finds the port taken
        except OSError:
            listening.close()
            if port is not None:
                raise
            continue
        return listening
    raise OSError("no free port was found")


async def _serve(workshop: Shown, listening: socket.socket) -> None:
    lms = Lms()
    desk = Desk(lms, workshop)
    config = uvicorn.Config(
        application(lms, desk.routes), log_level="critical", lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    watching = asyncio.create_task(_watch(desk))
    try:
        await server.serve([listening])
    finally:
        watching.cancel()


async def _watch(desk: Desk) -> None:
    """Reads the course again after every change, and then looks for all that is wrong with it."""
    path = desk.workshop.path
    matters = _matters if path.is_dir() else lambda change, changed: Path(changed).name == path.name
    checking = asyncio.create_task(_check(desk))
    async for changes in awatch(*desk.workshop.watched(), watch_filter=matters, step=10, debounce=QUIET):
        if not changes:
            continue
        checking.cancel()
        made = await asyncio.to_thread(desk.workshop.load)
        goes_on = made and desk.renew(words_only=all(changed.endswith(TEXTS) for _, changed in changes))
        if not made:
            desk.tell_problems()
        checking = asyncio.create_task(_check(desk, 0 if goes_on else CALM))


async def _check(desk: Desk, calm: float = 0) -> None:
    await asyncio.sleep(calm)
    await asyncio.to_thread(desk.workshop.check)
    desk.tell_problems()


def _matters(change: Change, path: str) -> bool:
    """Leaves out what editors and builds write on the side."""
    place = Path(path)
    hidden = any(part.startswith(".") or part.endswith("~") for part in place.parts[-3:])
    return not hidden and place.suffix not in (".swp", ".tmp", ".zip") and place.name != "course.lock"
