# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Whatever happens to the machines of a job, its result has the same bits. The long version: tests/cluster/torture --faults 60
exec python3 "$(dirname "$0")/torture" --faults 15 --seed 1
