# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Links between the Markdown pages of the source tree, and to sections of them, lead somewhere.
. "$(dirname "$0")/lib.sh"

python3 - "${LAPILLI_SOURCE_DIR:?}" <<'PY' || fail 'links that lead nowhere'
import pathlib, re, sys
root = pathlib.Path(sys.argv[1])
rooms = [path for path in root.iterdir() if path.is_dir() and path.name not in ('build', '.git')] # in build tests come and go
pages = [*root.glob('*.md'), *(page for room in rooms for page in room.rglob('*.md'))]
assert pages

def prose(page):
    return re.sub(r'^```.*?^```', '', page.read_text(encoding='utf-8'), flags=re.M | re.S)

def anchors(page): # as GitHub makes them of headings
    seen = {}
    for heading in re.findall(r'^#+ (.*)', prose(page), re.M):
        words = re.sub(r'\[([^]]*)\]\([^)]*\)', r'\1', heading.strip().lower())
        slug = re.sub(r'[^\w\- ]', '', words).replace(' ', '-')
        seen[slug] = seen.get(slug, -1) + 1
        yield f'{slug}-{seen[slug]}' if seen[slug] else slug

broken = False
for page in pages:
    for target in re.findall(r'\]\(([^)\s]+)\)', re.sub(r'`[^`\n]*`', '', prose(page))):
        if re.match(r'[a-z]+:', target): continue
        path, _, anchor = target.partition('#')
        to = page.parent / path if path else page
        if to.exists() and (not anchor or anchor in anchors(to)): continue
        print(f'{page.relative_to(root)}: {target}')
        broken = True
sys.exit(broken)
PY
finish
