# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Many results together."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from ._errors import needing
from ._program import run
from .result import Result

if TYPE_CHECKING:
    import pandas

ResultLike = Union[str, "os.PathLike[str]", Result]

_DIFFERENT = 1


def collect(*results: str | os.PathLike[str]) -> pandas.DataFrame:
    """A table of many results. Needs pandas.

    Parameters
    ----------
    *results : path
        Result folders, and folders that contain some.

    Returns
    -------
    pandas.DataFrame
        A row a run; names of columns end with their units, as those of ``lapilli collect``.
    """
    with needing("all"):
        import pandas

    with tempfile.TemporaryDirectory(prefix="lapilli-") as folder:
        table = Path(folder, "table.csv")
        run(["collect", *(os.fspath(result) for result in results), "--out", str(table)])
        return pandas.read_csv(table)


def compare(a: ResultLike, b: ResultLike, *, tolerance: float | None = None, bits: bool = False) -> dict[str, Any]:
    """Compare two results number by number.

    Parameters
    ----------
    a, b : Result or path
        A folder or a result.json.
    tolerance : float, optional
        Relative; by default the errors that both state, together.
    bits : bool
        Everything must have the same bits.

    Returns
    -------
    dict
        As ``lapilli compare --json`` prints it; ``["equal"]`` is the verdict.

    Examples
    --------
    >>> import lapilli, numpy as np
    >>> r = lapilli.porosity(np.ones((4, 4, 4), bool), ranks=1)
    >>> compare(r, r, bits=True)["equal"]
    True
    """
    with tempfile.TemporaryDirectory(prefix="lapilli-") as folder:
        names = [_name(result, Path(folder, name)) for result, name in ((a, "a.json"), (b, "b.json"))]
        words = ["compare", *names, "--json"] + (["--bits"] if bits else [])
        if tolerance is not None:
            words += ["--tolerance", repr(float(tolerance))]
        answer: dict[str, Any] = json.loads(run(words, good=(0, _DIFFERENT)))
        return answer


def _name(result: ResultLike, file: Path) -> str:
    if not isinstance(result, Result):
        return os.fspath(result)
    file.write_text(json.dumps(result.data), encoding="utf-8")
    return str(file)
