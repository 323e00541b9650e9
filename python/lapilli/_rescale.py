# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Lengths of a result for voxels of another size: what is in voxels stays, what is in metres follows from it."""

from __future__ import annotations

import copy
import re
from typing import Any, Callable, Optional

_DARCY_M2 = 9.869233e-13
_COUNTED = re.compile(r"(?P<before>.*?)_?(?P<per>per_)?voxel(?P<plural>s?)(?P<power>\d?)(?P<after>(_.*)?)$")


def rescaled(data: dict[str, Any], voxel_m: float) -> dict[str, Any]:
    """A copy of result.json with cubic voxels of `voxel_m` metres."""
    before = data["image"]["voxel_size_m"]
    made = copy.deepcopy(data)
    made["image"]["voxel_size_m"] = voxel_m
    for part in ("summary", "result"):
        _rescale(made[part], voxel_m, None if before is None else voxel_m / before)
    for quote in made["summary"].get("permeability", {}).values():
        quote["unit"], quote["value"] = "mD", quote["value_md"]
    made["warnings"] = [words for words in made["warnings"] if not words.startswith("the voxel size is not known")]
    return made


def _rescale(node: Any, voxel_m: float, ratio: Optional[float]) -> None:
    if isinstance(node, list):
        for element in node:
            _rescale(element, voxel_m, ratio)
    if not isinstance(node, dict):
        return
    for key in list(node):
        _rescale(node[key], voxel_m, ratio)
        match = _COUNTED.match(key)
        if match is not None:
            _set_metres(node, key, match, voxel_m)
        elif key.endswith("_pa"):  # of a radius, so pressures fall as it grows
            node[key] = _each(node[key], lambda value: None if ratio is None else value / ratio)


def _set_metres(node: dict[str, Any], key: str, match: re.Match[str], voxel_m: float) -> None:
    power = int(match["power"] or 1) * (-1 if match["per"] else 1)
    stem = "_".join(part for part in (match["before"], (match["per"] or "").rstrip("_")) if part)
    metres = f"{stem}_m{match['power']}{match['after']}"
    if metres not in node:
        return
    node[metres] = _each(node[key], lambda value: value * voxel_m**power)
    millidarcies = f"{stem}_md{match['after']}"
    if millidarcies in node:
        node[millidarcies] = _each(node[metres], lambda value: value / (1e-3 * _DARCY_M2))


def _each(value: Any, change: Callable[[float], Optional[float]]) -> Any:
    if isinstance(value, list):
        return [_each(element, change) for element in value]
    return None if value is None else change(value)
