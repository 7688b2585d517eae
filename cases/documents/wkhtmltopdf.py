"""Engine one: pdfkit and the wkhtmltopdf program (unpatched Qt, as Debian 12 ships it)."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

import pdfkit

from cases.documents import html, layout
from cases.documents.errors import PdfEngineFailed, PdfTimeout
from cases.documents.paper import Paper

NAME: Final = "pdfkit"
PROGRAM: Final = "wkhtmltopdf"
PIXELS_PER_POINT: Final = 1.738
"""Calibration, measured on Debian 12 (wkhtmltopdf 0.12.6): one CSS pixel prints as 0.5754 point, that is
0.7685 of its nominal 0.75. Font sizes and line pitches are rounded to whole pixels by the engine, so they
are given as whole pixels here: 14 pt → 24 px → 13.8 pt printed; 19 pt → 33 px → 19.0 pt printed."""

_NOWHERE: Final = "http://127.0.0.1:9"
_FONTS_WITHOUT_OLD_LIBERATION: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<selectfont><rejectfont><pattern>
<patelt name="family"><string>Liberation Serif</string></patelt>
<patelt name="fontversion"><int>70123</int></patelt>
</pattern></rejectfont></selectfont>
</fontconfig>
"""
"""Liberation 1.07 (70123 = 1.07 in 16.16 fixed point) lacks Vietnamese letters. Where it is installed
beside 2.x, Qt takes its bold and patches the missing letters from another family."""


@dataclass(frozen=True, slots=True)
class CalibratedUnits:
    """Lengths in whole CSS pixels of this engine."""

    rows_apart: ClassVar[bool] = True

    def pt(self, value: float) -> str:
        return f"{max(1, round(value * PIXELS_PER_POINT))}px"

    def mm(self, value: float) -> str:
        return self.pt(layout.points(value))


def program() -> str | None:
    """Path of the program, or None where it is not installed."""
    return shutil.which(PROGRAM)


def render(paper: Paper, *, executable: str, timeout: float) -> bytes:
    """PDF without page numbers. Raises PdfTimeout after `timeout` seconds, PdfEngineFailed otherwise."""
    sheet = layout.sheet(paper.size, landscape=paper.landscape)
    source = html.page(paper, units=CalibratedUnits())
    return print_html(source, sheet=sheet, executable=executable, timeout=timeout)


def print_html(source: str, *, sheet: layout.Sheet, executable: str, timeout: float) -> bytes:
    """Our own HTML, measured in `CalibratedUnits`, as PDF. Raises as `render` does."""
    # A random prefix: pdfkit would otherwise obey <meta name="pdfkit-…"> in the text (CVE-2025-26240).
    settings = pdfkit.configuration(wkhtmltopdf=executable, meta_tag_prefix=secrets.token_hex(16))
    command = pdfkit.PDFKit(source, "string", options=_options(sheet), configuration=settings).command()
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        return _run([str(part) for part in command], source.encode(), folder=Path(folder), timeout=timeout)


def _options(sheet: layout.Sheet) -> Mapping[str, str]:
    margins = layout.MARGINS
    return {
        "page-width": f"{sheet.width}mm",
        "page-height": f"{sheet.height}mm",
        "margin-top": f"{margins.top}mm",
        "margin-right": f"{margins.right}mm",
        "margin-bottom": f"{margins.bottom}mm",
        "margin-left": f"{margins.left}mm",
        "encoding": "UTF-8",
        "disable-javascript": "",
        "disable-local-file-access": "",
        "disable-plugins": "",
        "no-images": "",
        "proxy": _NOWHERE,
    }


def _run(command: list[str], source: bytes, *, folder: Path, timeout: float) -> bytes:
    """pdfkit itself cannot end a hung program, so its command is run here with a clock and a clean place."""
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTS_WITHOUT_OLD_LIBERATION, encoding="utf-8")
    environment = {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "FONTCONFIG_FILE": str(fonts),
        **{name: str(folder) for name in ("HOME", "TMPDIR", "XDG_RUNTIME_DIR")},
    }
    # The command is ours and fixed; only its standard input carries the paper.
    process = subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        cwd=folder, env=environment, start_new_session=True,
    )  # fmt: skip
    try:
        output, complaint = process.communicate(source, timeout=timeout)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise PdfTimeout(engine=NAME, seconds=timeout) from error
    if process.returncode != 0 or not output.startswith(b"%PDF"):
        raise PdfEngineFailed(engine=NAME, detail=complaint.decode(errors="replace")[-500:])
    return output


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop the program with whatever it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()
