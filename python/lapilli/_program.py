# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""The program that does the work: where it is, and how it is run."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from ._errors import Error, Stopped
from ._progress import Progress

_ERROR = re.compile(r"[a-z_]+: error: (.*)")  # of lapilli and of the scripts around it
_DONE, _NOT_CONVERGED, _BY_SIGNAL = 0, 3, 128


def program() -> str:
    """Path of the program: the one that ``LAPILLI_PROGRAM`` names, that of this installation, the first in ``PATH``.

    Returns
    -------
    str

    Raises
    ------
    Error
        There is none.

    Examples
    --------
    >>> program().endswith("lapilli")
    True
    """
    named = os.environ.get("LAPILLI_PROGRAM")
    found = named or _own() or shutil.which("lapilli")
    if not found:
        raise Error(
            "there is no program lapilli beside this module nor in PATH; install its wheel or its Debian package, "
            "or name it with the environment variable LAPILLI_PROGRAM"
        )
    return found


def _own() -> str | None:
    """The program that pip has put beside this module: in bin of the environment, or of the folder of ``pip --target``."""
    module = Path(__file__).resolve().parent
    if module.parent.name in ("site-packages", "dist-packages"):
        candidate = module.parents[3] / "bin" / "lapilli"  # above lib/python3.x/site-packages
    else:
        candidate = module.parent / "bin" / "lapilli"
    return str(candidate) if candidate.exists() else None


def run(arguments: Sequence[str], progress: Progress | None = None, good: Sequence[int] = (_DONE, _NOT_CONVERGED)) -> str:
    """Run the program and return what it prints.

    Parameters and errors as of `run_command`.
    """
    return run_command([program(), *arguments], progress, good)


def run_command(
    command: Sequence[str],
    progress: Progress | None = None,
    good: Sequence[int] = (_DONE, _NOT_CONVERGED),
    each_line: Callable[[str], None] | None = None,
) -> str:
    """Run a command and return what it prints.

    Parameters
    ----------
    progress : Progress, optional
        Follows it.
    good : sequence of int
        The exit codes after which what it has printed counts.
    each_line : function, optional
        Gets each line as soon as it is printed.

    Ctrl-C is passed on: the program writes a last checkpoint where it has a folder, and ends.

    Raises
    ------
    Error
        The sentence of the program, if it ends with another exit code than `good`.
    Stopped
        It was asked to stop.
    """
    with tempfile.TemporaryFile() as messages:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=messages,
            start_new_session=True,  # Ctrl-C of a terminal reaches it once, through this process
        )
        assert child.stdout is not None
        printed: list[bytes] = []
        reader = threading.Thread(target=_read, args=(child.stdout, printed, each_line), daemon=True)
        reader.start()
        stopped = _wait(child, progress)
        reader.join()
        messages.seek(0)
        words = messages.read().decode(errors="replace")
    output = b"".join(printed).decode(errors="replace")
    if stopped and child.returncode in good:
        raise Stopped("the run was stopped when it had just ended; if it has a folder, its result is there")
    if stopped or (child.returncode not in good and _by_signal(child.returncode)):
        raise Stopped(f"the run was stopped (exit code {child.returncode}){_tail(words)}")
    if child.returncode not in good:
        raise Error(_sentence(f"{output}\n{words}", child.returncode), child.returncode)
    return output


def run_json(arguments: Sequence[str], progress: Progress | None = None) -> dict[str, Any]:
    """The object that the program prints with ``--json``."""
    answer: dict[str, Any] = json.loads(run([*arguments, "--json", "--quiet"], progress))
    return answer


def _read(pipe: IO[bytes], into: list[bytes], each_line: Callable[[str], None] | None) -> None:
    with pipe:
        for line in pipe:
            into.append(line)
            if each_line is not None:
                each_line(line.decode(errors="replace").rstrip("\n"))


def _wait(child: subprocess.Popen[bytes], progress: Progress | None) -> bool:
    """Wait for the end; whether somebody interrupted it."""
    try:
        if progress is None:
            child.wait()
        else:
            progress.follow(child)
        return False
    except KeyboardInterrupt:
        try:
            child.send_signal(signal.SIGINT)
            child.wait()
        except KeyboardInterrupt:  # a second one will not wait for a checkpoint
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        return True


def _by_signal(code: int) -> bool:
    return code < 0 or code in (_BY_SIGNAL + signal.SIGINT, _BY_SIGNAL + signal.SIGTERM, _BY_SIGNAL + signal.SIGHUP)


def _sentence(words: str, code: int) -> str:
    errors = [found[1] for line in words.splitlines() if (found := _ERROR.match(line))]
    return errors[-1] if errors else f"the program ended with exit code {code}{_tail(words)}"


def _tail(words: str) -> str:
    lines = words.strip().splitlines()
    return f": {lines[-1]}" if lines else ""
