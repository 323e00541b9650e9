# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Every fault of tests/mutations/*.toml can still be planted: its text stands once in its file."""
import os
import pathlib
import sys
import tomllib

root = pathlib.Path(os.environ["LAPILLI_SOURCE_DIR"])
faults = [fault for list_ in sorted((root / "tests/mutations").glob("*.toml")) for fault in tomllib.loads(list_.read_text())["fault"]]
assert len(faults) >= 20, f"only {len(faults)} faults are listed"
stale = [f"{fault['file']}: the text of '{fault['name']}' stands {count} times, expected once" for fault in faults
         if (count := (root / fault["file"]).read_text().count(fault["find"])) != 1]
print("\n".join(stale) or f"{len(faults)} faults can be planted")
sys.exit(1 if stale else 0)
