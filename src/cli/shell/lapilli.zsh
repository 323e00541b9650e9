#compdef lapilli
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Completion of lapilli in zsh. The program itself knows what may stand where.
_lapilli() {
    local line
    local -a offered
    for line in "${(@f)$(${(Q)~words[1]} __complete zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
        case $line in
            :*) break ;;
            *) offered+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
        esac
    done
    (( $#offered )) && _describe -V lapilli offered
    [[ $words[CURRENT] != --*=* ]] || compset -P '*='
    case $line in
        :files) _files ;;
        :folders) _files -/ ;;
    esac
}
if [[ $funcstack[1] == _lapilli ]]; then _lapilli "$@"; else compdef _lapilli lapilli; fi
