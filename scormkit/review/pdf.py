"""A sheet as PDF, printed by a browser: HTML in, a PDF with tags, language, title and bookmarks out.

A browser it is, because it draws what readers of the HTML see (mathematics, right to left, the theme), and because it tags
headings, lists, tables and text alternatives for screen readers (PDF/UA, ISO 14289).
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

SECONDS = 180
ARGUMENTS = [
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
]


class NotPrinted(Exception):
    """The browser made no PDF; the text says why."""


def pdf(html: str, browser: str, more: Sequence[str] = ()) -> bytes:
    """The PDF of a whole HTML page, printed by the Chromium at the path `browser` with the arguments `more`.

    Raises NotPrinted where it does not come to an end or makes no PDF.
    """
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder, "sheet.html"), Path(folder, "sheet.pdf")
        page.write_text(html, encoding="utf-8")
        own = [*more, f"--user-data-dir={Path(folder, 'profile')}", f"--print-to-pdf={printed}", page.as_uri()]
        try:
            ran = subprocess.run([browser, *ARGUMENTS, *own], capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise NotPrinted(f"{browser} did not come to an end within {SECONDS} seconds") from error
        except OSError as error:
            raise NotPrinted(f"{browser} cannot be started: {error.strerror or error}") from error
        data = printed.read_bytes() if printed.is_file() else b""
    if not data.startswith(b"%PDF-"):
        said = ran.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it gave no reason"]
        raise NotPrinted(f"{browser} made no PDF ({said[0][:200]})")
    return data
