# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""What can go wrong, and what is only worth a warning."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator


class Error(RuntimeError):
    """The program refused or failed, with its sentence.

    Parameters
    ----------
    sentence : str
        What happened, what was expected, what to do.
    exit_code : int
        1 failed, 2 wrong input, 75 hosts are missing.

    Examples
    --------
    >>> import lapilli
    >>> try:
    ...     lapilli.porosity([[[0.5]]])
    ... except lapilli.Error as error:
    ...     print(error.exit_code)
    2
    """

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


@contextlib.contextmanager
def needing(extra: str) -> Iterator[None]:
    """Around imports of what an extra of the wheel installs."""
    try:
        yield
    except ImportError as error:
        what = f"{error.name} is missing" if isinstance(error, ModuleNotFoundError) else str(error)
        raise Error(f"{what}, which this needs; install it, e.g. pip install 'lapilli[{extra}]'") from error


class Stopped(Error):
    """The run was asked to stop; with `out` it goes on where it was when it is called again.

    Parameters
    ----------
    sentence : str
        How it ended.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, 130)


class ResultWarning(UserWarning):
    """What the program remarks on a result."""


class NotConverged(ResultWarning):
    """A value is further from its limit than was asked for; its error says how far."""


class NotPercolating(ResultWarning):
    """Nothing goes through along an axis, so its transport is 0."""
