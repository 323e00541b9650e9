# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The Python module gives what the command line gives, its types and its style are sound, and its examples are true.
python=$LAPILLI_SOURCE_DIR/build/python/bin/python
[ -x "$python" ] || { echo "skipped: there is no $python; scripts/install_packages --python makes it" >&2; exit 77; }
set -e
export LAPILLI_PROGRAM=$LAPILLI PYTHONPATH=$LAPILLI_SOURCE_DIR/python PYTHONDONTWRITEBYTECODE=1 MPLBACKEND=agg
scratch=$PWD
cd "$LAPILLI_SOURCE_DIR"
"$python" -m ruff check --no-cache --quiet python tests/python docs/notebooks
"$python" -m ruff format --no-cache --quiet --check python tests/python docs/notebooks
"$python" -m mypy --cache-dir "$scratch/mypy"
"$python" -m pytest --quiet -p no:cacheprovider
