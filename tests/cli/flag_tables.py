#!/usr/bin/env python3
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Prints docs/flags.md, made of what the program says of itself.

tests/cli/flag_tables.py lapilli > docs/flags.md
"""
import re
import subprocess
import sys

program = sys.argv[1]


def sections(*words):
    """{heading: {name: text}} of a help; a text may go on in the next lines."""
    said = subprocess.run([program, *words, "--help"], capture_output=True, text=True, check=True).stdout
    found, entries, name = {}, {}, None
    for line in said.split("\n"):
        if heading := re.fullmatch(r"(\w[^:]*):", line):
            entries, name = found.setdefault(heading[1].capitalize(), {}), None
        elif entry := re.fullmatch(r"  (\S.*?)(?:  +(\S.*))?", line):
            name = entry[1].strip()
            entries[name] = entry[2] or ""
        elif name and (more := re.fullmatch(r" {8,}(\S.*)", line)):
            entries[name] = f"{entries[name]} {more[1]}".strip()
    return found


def by_group(flags_of):
    """{group: {flag: {text: verbs}}} of the helps of verbs, all in the order in which they are said."""
    groups = {}
    for verb, said in flags_of.items():
        for group, flags in said.items():
            if group not in ("Options", "Positionals"):
                for flag, text in flags.items():
                    groups.setdefault(group, {}).setdefault(flag, {}).setdefault(text, []).append(verb)
    return groups


def print_flags(flags_of):
    """A table for each group: a row for all verbs that say the same of a flag."""
    for group, flags in by_group(flags_of).items():
        rows = [(flag, text, verbs) for flag, texts in flags.items() for text, verbs in texts.items()]
        mixed = any(len(verbs) < len(flags_of) for _, _, verbs in rows)
        print(f"\n**{group}**\n\n| flag | meaning |{' of |' if mixed else ''}\n|---|---|{'---|' if mixed else ''}")
        for flag, text, verbs in rows:
            of = "all" if len(verbs) == len(flags_of) else ", ".join(f"`{verb}`" for verb in verbs)
            print(f"| `{flag}` | {text} |" + (f" {of} |" if mixed else ""))


def print_entries(head, entries):
    print(f"\n| {head} |\n|---|---|")
    for name, text in entries.items():
        print(f"| `{name}` | {text} |")


verbs = sections()["Verbs"]
helps = {verb: sections(verb) for verb in verbs}
readers = [verb for verb in verbs if "CASE" in helps[verb].get("Positionals", {})]
kinds = helps["generate"]["Kinds"]

print("""# All flags

Made of `lapilli VERB --help`. [running.md](running.md#flags-of-every-day) has those of every day. The names of the flags are also the keys of a
[case file](running.md#case-files).

## Verbs that read an image""")
print_entries("verb | gives", {verb: verbs[verb] for verb in readers})
print_entries("argument | is", helps[readers[0]]["Positionals"])
print_flags({verb: helps[verb] for verb in readers})

print(f"\n## generate\n\n{verbs['generate']}")
print_entries("kind | is", kinds)
print_flags({kind: sections("generate", kind) for kind in kinds})

print(f"\n## sweep\n\n{verbs['sweep']}\n\nIt takes the options of the verb but `--out`, `--json` and `--plan`, and:")
print_flags({"sweep": {"Sweep": sections("sweep", readers[0])["Sweep"]}})

for verb in (verb for verb in verbs if verb not in readers and verb not in ("generate", "sweep")):
    print(f"\n## {verb}\n\n{verbs[verb]}")
    if "Positionals" in helps[verb]:
        print_entries("argument | is", helps[verb]["Positionals"])
    print_flags({verb: helps[verb]})
