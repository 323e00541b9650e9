# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""A page of all quantities of a result, with their units, made of docs/result.schema.json. A hook of MkDocs."""

import json
import re
from pathlib import Path

from mkdocs.structure.files import File

SCHEMA = Path(__file__).resolve().parents[1] / "result.schema.json"
HEAD = """# All quantities

Made of [result.schema.json](result.schema.json), which the program says of itself; [what the numbers mean](numbers.md) explains them. `*` stands
for x, y or z. Arrays are marked by `[]`. `null` is what was not measured, or has no value.
"""


def on_files(files, config):
    sections = json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"]
    text = [HEAD, *_table("summary", sections["summary"])]
    for name, section in sections["result"]["properties"].items():
        text += _table(f"result.{name}", section)
    page = File.generated(config, "docs/quantities.md", content="\n".join(text))
    page.dest_uri = page.dest_uri.removeprefix("docs/")
    files.append(page)
    return files


def _table(title, section):
    rows = (f"| `{key}` | {unit} | {text} |" for key, unit, text in _leaves(section, ""))
    return [f"\n## {title}\n\n| key | unit | is |\n|---|---|---|", *rows]


def _leaves(node, path, about=""):
    """(key, unit, what it is) of all that is no object; who says nothing is what the one around it is."""
    about = node.get("description", about)
    inner = [*node.get("properties", {}).items(), *(("*", part) for part in node.get("patternProperties", {}).values())]
    if "items" in node:
        yield from _leaves(node["items"], f"{path}[]", about)
    elif inner:
        for name, part in inner:
            yield from _leaves(part, f"{path}.{name}".lstrip("."), about)
    else:
        text, unit = re.fullmatch(r"(.*?)(?: \[([^]]*)\])?", about).groups()
        choices = ", ".join(f"`{json.dumps(each)}`" for each in node.get("enum", []))
        yield path, unit or "", "; ".join(filter(None, (text, choices)))
