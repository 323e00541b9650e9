# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""What a run is doing, in one line that changes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Any

_SECONDS_BETWEEN_LOOKS = 0.2
_SECONDS_BEFORE_FIRST = 1.0


class Line:
    """One line on stderr, or in a notebook by tqdm's bar where that is installed."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._shown = False

    def show(self, words: str) -> None:
        """In place of what it was."""
        if not self._shown:
            self._bar = _bar()
        self._shown = True
        if self._bar is not None:
            self._bar.set_description_str(words)
        else:
            print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Leave nothing of it."""
        if self._bar is not None:
            self._bar.close()
        elif self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


class Progress:
    """Shows one line while a run writes into its folder, by its progress.jsonl."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "progress.jsonl"
        self._offset = 0
        self._line = Line()

    def follow(self, child: subprocess.Popen[bytes]) -> None:
        """Until the process has ended."""
        begin = time.monotonic()
        try:
            while True:
                try:
                    child.wait(_SECONDS_BETWEEN_LOOKS)
                    return
                except subprocess.TimeoutExpired:
                    if time.monotonic() - begin > _SECONDS_BEFORE_FIRST:
                        self._show(self._last_line())
        finally:
            self._line.close()

    def _last_line(self) -> dict[str, Any]:
        try:
            with self._file.open("rb") as file:
                file.seek(self._offset)
                lines = file.read()
        except FileNotFoundError:
            return {}
        whole = lines[: lines.rfind(b"\n") + 1]
        self._offset += len(whole)
        found: dict[str, Any] = {}
        for line in whole.splitlines():
            event = json.loads(line)
            if "stage" in event:
                found = event
        return found

    def _show(self, event: dict[str, Any]) -> None:
        if not event:
            return
        words = event["stage"] + (f" {event['axis']}" if "axis" in event else "")
        if "iteration" in event:
            words += f", iteration {event['iteration']}"
        self._line.show(words)


def is_wanted(choice: bool | str) -> bool:
    """``"auto"``: where somebody looks, a terminal or a notebook."""
    return choice is True or (choice == "auto" and (sys.stderr.isatty() or "ipykernel" in sys.modules))


def _bar() -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a notebook without ipywidgets gets a bar of text, and that is enough
            from tqdm.auto import tqdm
    except ImportError:
        return None
    return tqdm(total=None, bar_format="{desc} [{elapsed}]", leave=False)
