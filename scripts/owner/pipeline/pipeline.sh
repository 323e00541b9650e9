# shellcheck shell=bash disable=SC2034 # the scripts of pipelines share its variables
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of all steps of pipelines: where they are, what they are called, and what they say.
program=${0##*/}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
# shellcheck source=/dev/null
. "$root/scripts/limits.sh"

# Shows the comment at the top of a script to who asks for help, and to who gives too few or too many words.
expect_words() { # LEAST MOST WORD...
    local least=$1 most=$2 usage
    shift 2
    usage=$(sed -n '/^# SPDX-License/,/^[^#]/s/^# \{0,1\}//p' "$0" | sed '1d; /^shellcheck /d')
    case ${1:-} in -h | --help) echo "$usage" && exit 0 ;; esac
    if (($# < least || $# > most)); then
        echo "$usage" >&2
        exit 2
    fi
}
