# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Completion of lapilli in bash. The program itself knows what may stand where.
_lapilli() {
    local word
    COMPREPLY=()
    while IFS=$'\t' read -r word _; do
        case $word in
            :files) compopt -o filenames -o default ;; # those that readline finds, where there is no word
            :folders) compopt -o filenames -o plusdirs ;;
            :none) ;;
            *) COMPREPLY+=("$word") ;;
        esac
    done < <("${1/#\~/$HOME}" __complete bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _lapilli lapilli
