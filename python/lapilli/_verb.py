# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""How a call becomes a run of the program, and what it printed a result."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Optional, Union

from ._errors import Error, NotConverged, NotPercolating, ResultWarning, Stopped
from ._image import ARRAY, Image, ImageLike, Voxel, as_file, taken, voxel_of
from ._program import run_json
from ._progress import Progress, is_wanted
from ._scratch import Folder
from ._words import axes, flags
from .result import Result

PathLike = Union[str, "os.PathLike[str]"]

_KINDS = {"no pores connect the two faces": NotPercolating, "did not converge": NotConverged}


def measured(
    verb: str, image: ImageLike, voxel: Voxel, out: Optional[PathLike], has_folder: bool, options: dict[str, Any]
) -> Result:
    """What a verb finds of an image, in `out` or in a folder that goes with the result; without `has_folder` in none."""
    if out is not None and not os.fspath(out):
        raise Error(f"out={out!r} names no folder; give one, or leave it out", 2)
    options = dict(options)
    wanted = is_wanted(options.pop("progress", "auto"))
    temporary = Folder() if has_folder and out is None else None
    folder = Path(os.fsdecode(out)) if out is not None else temporary.path / "result" if temporary is not None else None
    words = [] if folder is None else [f"--out={folder}"]
    given = taken(image)
    with as_file(given) as named:
        arguments = [verb, *named, *words_of(given, voxel, options), *words]
        try:
            data = run_json(arguments, Progress(folder) if wanted and folder is not None else None)
        except Stopped as stopped:
            if out is not None:
                raise
            sentence = "the run was stopped, and nothing of it is left; give it a folder with out="
            raise Stopped(
                f"{sentence}, and the same call goes on from there" if has_folder else "the run was stopped"
            ) from stopped
    if not given.is_file:
        data["warnings"] = [sentence.replace(named[0], ARRAY) for sentence in data["warnings"]]
        data["image"]["path"] = ARRAY
    result = Result(data, folder, temporary)
    warn(result, stacklevel=3)
    return result


def words_of(image: Image, voxel: Voxel, options: Mapping[str, Any]) -> list[str]:
    """The words behind the image of a command line that measures it."""
    options = dict(options)
    if options.get("pore") is None and image.is_bool:
        options["pore"] = 1
    if "axis" in options:
        options["axis"] = axes(options["axis"], image.names)
    return flags({"voxel": voxel_of(image, voxel), **options}, image.names, image.lengths)


def warn(result: Result, stacklevel: int) -> None:
    """The program's remarks as warnings of whoever is so many calls above."""
    for sentence in result.warnings:
        if sentence.startswith("the voxel size is not known"):
            continue  # who leaves it out knows, and every unit says it
        kind = next((kind for words, kind in _KINDS.items() if words in sentence), ResultWarning)
        warnings.warn(sentence, kind, stacklevel=stacklevel + 1)
