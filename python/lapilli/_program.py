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
from ._scratch import room, usual

_ERROR = re.compile(r"[a-z_]+: error: (.*)")  # of lapilli and of the scripts around it
_OF_RANK = re.compile(r"OMPI_COMM_WORLD_|PMIX_(?!MCA_)|PMI_|MV2_COMM_WORLD_|SLURM_STEP_NUM_TASKS$|SLURM_PROCID$")
_OF_LAUNCHER = re.compile(  # what mpirun says besides, under the names of settings too
    r"OMPI_(?!MCA_|ALLOW_RUN_AS_ROOT)|OMPI_MCA_(orte_|ess|pmix$|initial_wdir$|mpi_oversubscribe$|shmem_RUNTIME)|PRTE_MCA_ess|HYDI?_"
)
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
    if named:
        found = shutil.which(named)
        if found is None:
            raise Error(f"LAPILLI_PROGRAM names {named}, which is no program; expected the path of lapilli, or no such variable")
        return found
    found = _own() or shutil.which("lapilli")
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
    with _messages() as messages:
        child = _start(command, messages)
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
    printed = run([*arguments, "--json", "--quiet"], progress)
    try:
        answer: dict[str, Any] = json.loads(printed)
    except ValueError as error:
        begin = f"'{printed[:40].strip()}'" if printed.strip() else "nothing"
        raise Error(
            f"{program()} printed {begin}, but a result was expected; give no options such as help, "
            "and see that this is a program lapilli of the version of the module"
        ) from error
    return answer


def _messages() -> IO[bytes]:
    folder = usual()
    with room(folder):
        return tempfile.TemporaryFile(dir=folder)


def _start(command: Sequence[str], messages: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start it so that it is stopped when this process ends, however that happens."""
    setpriv = shutil.which("setpriv")  # of util-linux; the same from Python would run in a fork of its threads
    try:
        return subprocess.Popen(
            [setpriv, "--pdeathsig", "TERM", "--", *command] if setpriv else command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=messages,
            env=_environment(),
            start_new_session=True,  # Ctrl-C of a terminal reaches it once, through this process
        )
    except OSError as error:
        raise Error(
            f"cannot start {command[0]} ({error.strerror}); install lapilli anew, or name it with LAPILLI_PROGRAM"
        ) from error


def _environment() -> dict[str, str]:
    """That of this process, without what makes it a rank of mpirun or srun: the program would join that run."""
    known = dict(os.environ)
    if not any(_OF_RANK.match(name) for name in known):
        return known
    return {name: value for name, value in known.items() if not (_OF_RANK.match(name) or _OF_LAUNCHER.match(name))}


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
