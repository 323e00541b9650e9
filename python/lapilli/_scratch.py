# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Temporary folders that go with who knows them, and at the latest with the next call after a process was killed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Optional

from ._errors import Error

_PREFIX = "lapilli-py-"
_SECONDS_UNTIL_LOCKED = 60.0  # a folder that is younger may be of somebody who is about to lock it


class Folder:
    """A temporary folder that goes with the last object that knows it.

    A lock on it lasts as long as this process, however that ends, so that a later one sees what nobody needs any more.
    """

    def __init__(self, beside: Optional[str] = None) -> None:
        parent = beside or usual()
        _sweep(parent)
        with room(parent):
            self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        lock = os.open(self.path, os.O_RDONLY)
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.remove = weakref.finalize(self, _remove, self.path, lock, os.getpid())

    def __deepcopy__(self, memo: Any) -> Folder:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return type(None), ()  # what another process reads from a pickle does not own it


def usual() -> str:
    """The folder for temporary files."""
    with room("any folder for temporary files"):
        return tempfile.gettempdir()


@contextlib.contextmanager
def room(folder: Any) -> Iterator[None]:
    """Says what to do where a folder for temporary files is full or closed."""
    try:
        yield
    except OSError as error:
        raise Error(
            f"cannot write into {folder} ({error.strerror or error}); name another folder with the variable TMPDIR"
        ) from error


def _remove(path: Path, lock: int, owner: int) -> None:
    if os.getpid() == owner:  # not a process that was forked from it
        shutil.rmtree(path, ignore_errors=True)
    os.close(lock)


def _sweep(parent: str) -> None:
    """Remove what processes have left that were killed."""
    for folder in Path(parent).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > _SECONDS_UNTIL_LOCKED:
                _remove_unlocked(folder)


def _remove_unlocked(folder: Path) -> None:
    lock = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)
