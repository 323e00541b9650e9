# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The site of the documentation is whole: every link leads somewhere, every public name of the Python module is there, each page is in the
# navigation, and a browser asks nobody else for anything.
[ -x "$LAPILLI_SOURCE_DIR/build/docs/bin/mkdocs" ] || { echo "skipped: there is no build/docs; scripts/install_packages --docs makes it"; exit 77; }
. "$(dirname "$0")/lib.sh"

run "$LAPILLI_SOURCE_DIR/docs/site/build" site
expect_code 0
[ -z "$err" ] || fail "mkdocs complains: $err"
python3 - "$LAPILLI_SOURCE_DIR" <<'PY' || fail 'the site is not whole'
import ast, pathlib, re, sys
source, site = pathlib.Path(sys.argv[1]), pathlib.Path("site")
pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
faults = []

ours = {path.stem for path in (source / "docs").glob("*.md")}
faults += [f"docs/{name}.md is no page: README.md leads not there" for name in ours if f"{name}.html" not in pages]

lists = (node.value for node in ast.parse((source / "python/lapilli/__init__.py").read_text()).body if isinstance(node, ast.Assign))
public = [ast.literal_eval(names) for names in lists][0]
documented = set(re.findall(r'id="lapilli\.(\w+)"', pages["site/reference.html"]))
faults += [f"lapilli.{name} is not in docs/site/reference.md" for name in sorted(set(public) - documented)]

asked = re.compile(r'<(?:script|img|iframe|source)[^>]* src="(https?:[^"]*)"|<link[^>]* href="(https?:[^"]*)"')
faults += [f"{name} asks for {found.group(0)}" for name, page in pages.items() for found in asked.finditer(page)]
for style in site.rglob("*.css"):
    faults += [f"{style} asks for {url}" for url in re.findall(r"url\(['\"]?(https?:[^)]*)", style.read_text(encoding="utf-8"))]

notebook = pages["notebooks/ten_lines.html"]
pictures = re.findall(r'<img[^>]* src="([^"]*\.png)"', notebook)
faults += ["the notebook has no picture"] * (not any((site / "notebooks" / picture).exists() for picture in pictures))
print("\n".join(faults))
sys.exit(bool(faults))
PY
[ "$(du -sm site | cut -f1)" -le 20 ] || fail "the site is larger than 20 MB"
finish
