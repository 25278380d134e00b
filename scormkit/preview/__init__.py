"""`scormkit preview`: a course in the browser, inside an emulated LMS that shows every call; reloads on save.

In: the folder of a course or programme. Out: a web server on this machine, until Ctrl-C.
"""

from __future__ import annotations

from pathlib import Path

PORT = 8642


def serve(
    path: Path | str,
    port: int | None = None,
    open_browser: bool = True,
    profiles: tuple[str, ...] = (),
) -> None:
    """Serves the preview of the course or programme in `path` until Ctrl-C.

    `port` is where (default: 8642, or the next free one); the browser opens unless `open_browser` is false. Raises
    OSError where the port that was asked for is taken, and ModuleNotFoundError where the extra `preview` is not installed.
    """
    from scormkit.preview.run import run

    run(Path(path), port, open_browser, profiles)
