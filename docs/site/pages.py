# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""The pages of the site: README.md and all that it leads to, so that the same links hold on the site and in the source tree.

A hook of MkDocs. Pages and the files that they name keep their places in the tree, and lose only the folder docs/ in addresses.
A notebook becomes a page with its pictures.
"""

import base64
import json
import re
from pathlib import Path

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[2]


def on_files(files, config):
    for path in _reached(ROOT / "README.md", ROOT / "docs/site/reference.md"):
        for file in _of_notebook(path, config) if path.suffix == ".ipynb" else [_as_it_is(path, config)]:
            files.append(file)
    return files


def on_page_markdown(markdown, page, config, files):
    return re.sub(r"\.ipynb\)", ".md)", markdown)


def _reached(*first):
    """Files that pages lead to, themselves and those of further pages included."""
    found, waiting = [], list(first)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.append(path)
        for target in _targets(path) if path.suffix == ".md" else []:
            to = (path.parent / target).resolve()
            if to.is_file():  # what is not there MkDocs reports
                waiting.append(to)
    return found


def _targets(page):
    prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    links = (link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", prose))
    return [link for link in links if link and not re.match(r"[a-z]+:", link)]


def _as_it_is(path, config):
    return _placed(File(path.relative_to(ROOT).as_posix(), str(ROOT), config.site_dir, config.use_directory_urls))


def _of_notebook(path, config):
    """A page, a file for each picture, and the notebook itself."""
    name = path.relative_to(ROOT).with_suffix("").as_posix()
    files, parts = [_as_it_is(path, config)], []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        parts.append(source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```")
        for output in cell.get("outputs", []):
            shown = output.get("data", {})
            if "image/png" in shown:
                picture = f"{name}_{len(files)}.png"
                files.append(_made(picture, base64.b64decode(shown["image/png"]), config))
                parts.append(f"![{''.join(shown['text/plain'])}]({Path(picture).name})")
            elif "text/html" in shown:
                parts.append("".join(shown["text/html"]))
            else:
                parts.append("```text\n" + "".join(output.get("text", shown.get("text/plain", ""))).rstrip() + "\n```")
    parts.append(f'<a href="{path.name}" download>This page as a notebook</a>')
    return [_made(f"{name}.md", "\n\n".join(parts), config), *files]


def _made(name, content, config):
    return _placed(File.generated(config, name, content=content))


def _placed(file):
    file.dest_uri = file.dest_uri.removeprefix("docs/")
    return file
