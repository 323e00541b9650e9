# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Each fault that tests/mutations/run plants has its place in the sources.
exec python3 "${LAPILLI_SOURCE_DIR:?}/tests/mutations/run" --check
