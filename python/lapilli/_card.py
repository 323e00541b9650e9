# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""A result as notebooks show it."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from .quantity import Quantity, percents


def card(image: dict[str, Any], quantities: Iterable[Quantity]) -> str:
    """A table of HTML: a row each, below what image they are of."""
    rows = "".join("<tr>" + "".join(_cell(word) for word in _words(quantity)) + "</tr>" for quantity in quantities)
    return f"<table><caption>{html.escape(described(image))}</caption><tbody>{rows}</tbody></table>"


def described(image: dict[str, Any]) -> str:
    """Of result.json's image: its name, its shape, the size of its voxels.

    >>> described({"path": "rock.tif", "shape": [4, 5, 6], "voxel_size_m": [1e-6, 1e-6, 2.5e-6]})
    'rock.tif, 4 × 5 × 6 voxels (z, y, x) of 1 × 1 × 2.5 µm'
    """
    words = f"{image['path']}, {' × '.join(map(str, image['shape']))} voxels (z, y, x)"
    if image["voxel_size_m"] is None:
        return words
    return f"{words} of {' × '.join(f'{1e6 * edge:.6g}' for edge in np.atleast_1d(image['voxel_size_m']))} µm"


def _words(quantity: Quantity) -> list[str]:
    value = "–" if math.isnan(quantity.value) else f"{quantity.value:.4g}"
    parts = ", ".join(f"{source} ± {percents(part)}" for source, part in quantity.parts.items() if part is not None)
    remark = "" if getattr(quantity, "percolates", True) else "no pores connect the two faces"
    return [quantity.name, value, "" if quantity.unit == "1" else quantity.unit, parts or quantity.note or remark]


def _cell(word: str) -> str:
    return f"<td style='text-align:left'>{html.escape(word)}</td>"
