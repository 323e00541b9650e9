# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Runs on a cluster of Kubernetes, by the scripts that its users have: submit.sh, jobs.sh and fetch_results.sh."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional, Union

from ._errors import Error
from ._image import ImageLike, Voxel, as_file, taken
from ._program import program, run_command
from ._progress import Line, is_wanted
from ._scratch import Folder
from ._verb import warn, words_of
from ._words import flags
from .result import Result, read


class Job:
    """A job of a cluster, which goes on whether or not anybody knows of it.

    Parameters
    ----------
    name : str
        As `submit` or ``scripts/user/submit.sh`` has given it; it need not be of this session.
    namespace : str
        Where it is.
    """

    def __init__(self, name: str, namespace: str = "lapilli") -> None:
        self.name = name
        self.namespace = namespace

    @property
    def status(self) -> str:
        """``Created``, ``Running``, ``Suspended``, ``Succeeded`` or ``Failed``, which is also what did not converge."""
        return self._show()[0]

    def progress(self) -> str:
        """The last line of its log: what it is doing. Empty before it runs."""
        return "".join(self._show()[1:])

    def result(self, out: Union[str, os.PathLike[str], None] = None, *, progress: bool | str = "auto") -> Result:
        """Wait until it has ended, and fetch what it has found.

        Parameters
        ----------
        out : path, optional
            Folder for the results, which has no files yet. By default a temporary one.
        progress : bool or "auto"
            The last line of its log while it runs; "auto": in a terminal or a notebook.

        Raises
        ------
        Error
            It failed, with the sentence of the program or of the cluster.
        Stopped
            Ctrl-C. The job goes on; call it again, or `cancel`.

        Warns
        -----
        NotConverged, NotPercolating, ResultWarning
        """
        line = Line() if is_wanted(progress) else None
        try:
            self._run("jobs.sh", "follow", self.name, each_line=line.show if line else None)
        finally:
            if line is not None:
                line.close()
        temporary = Folder()
        folder = temporary.path / "result" if out is None else Path(out)
        self._run("fetch_results.sh", self.name, str(folder))
        found = read(folder)
        result = Result(found.data, folder, temporary)
        warn(result, stacklevel=2)
        return result

    def stop(self) -> None:
        """Let it write a checkpoint and give its cores back."""
        self._run("jobs.sh", "stop", self.name)

    def resume(self) -> None:
        """Let it go on from there."""
        self._run("jobs.sh", "resume", self.name)

    def cancel(self, results: bool = False) -> None:
        """Delete it, and with `results` its folder on the cluster's volume, too, where its image is."""
        self._run("jobs.sh", "delete", self.name, *(["--results"] if results else []))

    def __repr__(self) -> str:
        return f"<lapilli.Job {self.name} in {self.namespace}>"

    def _show(self) -> list[str]:
        return self._run("jobs.sh", "show", self.name).splitlines()

    def _run(self, script: str, *words: str, each_line: Optional[Callable[[str], None]] = None) -> str:
        return run_command([*_script(script), *words, "--namespace", self.namespace], each_line=each_line)


def submit(
    image: ImageLike,
    workers: int = 3,
    voxel: Voxel = None,
    *,
    verb: str = "analyze",
    name: Optional[str] = None,
    namespace: str = "lapilli",
    slots: Optional[int] = None,
    cpu: Union[int, float, str, None] = None,
    memory: Optional[str] = None,
    container: Optional[str] = None,
    elastic: bool = False,
    replace: bool = False,
    wait: Optional[int] = None,
    **options: Any,
) -> Job:
    """Bring an image to a cluster and measure it there. Returns when the job is submitted.

    Parameters
    ----------
    image : array_like of shape (z, y, x), or path
        As of `analyze`; also a folder of Zarr, of DICOM or of slices, or ``/work/...``, which is on the cluster's volume.
    workers : int
        Pods, spread over the nodes.
    voxel : str, float or three floats, optional
        As of `analyze`.
    verb : str
        ``"analyze"``, or another function that has `out`.
    name : str, optional
        Of the job and of its folder ``/work/NAME``. By default that of the file, or one of its own for an array.
    namespace : str
        Where the job and its volume are.
    slots : int, optional
        Ranks of each worker, by default 1.
    cpu : int, float or str, optional
        Cores of each worker, e.g. ``2`` or ``"500m"``.
    memory : str, optional
        Of each worker, e.g. ``"4Gi"``.
    container : str, optional
        Image of containers, by default that of this version.
    elastic : bool
        Go on without workers that do not come back.
    replace : bool
        Stop a job of that name, or do again what has ended.
    wait : int, optional
        Seconds for pods that do not start.
    **options
        Any option of the verb, as of `analyze`.

    Returns
    -------
    Job

    Raises
    ------
    Error
        It cannot be submitted, with the sentence of submit.sh.
    Stopped
        Ctrl-C. What was uploaded by halves is gone.
    """
    if "out" in options:
        raise Error("out is not possible here, as results go to the cluster's volume; give it to the result() of the job", 2)
    options.pop("progress", None)
    given = taken(image)
    if name is None and not given.is_file:
        name = f"array-{secrets.token_hex(4)}"
    of_script = {"name": name, "namespace": namespace, "verb": verb.replace("_", "-"), "slots": slots, "cpu": cpu}
    of_script |= {"memory": memory, "image": container, "wait": wait}
    switches = [word for word, wanted in (("--elastic", elastic), ("--replace", replace), ("--detach", True)) if wanted]
    with as_file(given) as named:
        behind = [*named[1:], *words_of(given, voxel, options)]
        command = [*_script("submit.sh"), named[0], "-n", str(workers), *flags(of_script), *switches, "--", *behind]
        return Job(run_command(command).strip(), namespace)


def _script(name: str) -> list[str]:
    """A command that runs a script of users."""
    bash = shutil.which("bash")
    if bash is None:
        raise Error("there is no bash in PATH, by which jobs come to a cluster; install it")
    for folder in Path(program()).resolve().parents:
        for root in (folder / "share/lapilli", folder):  # where it is installed, and in the sources that it was built from
            script = root / "scripts/user" / name
            if script.exists():
                return [bash, str(script)]
    raise Error(f"there is no {name} beside the program {program()}; install its wheel or its Debian package")
