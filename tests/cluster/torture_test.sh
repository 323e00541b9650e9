# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Whatever happens to the machines of a job, its result has the same bits. All kinds of harm: LAPILLI_FAULTS=19.
exec python3 "$(dirname "$0")/torture" --faults "${LAPILLI_FAULTS:-8}" --seed 1
