# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Completion of lapilli in fish. The program itself knows what may stand where.
function __lapilli_complete
    set -l typed (commandline -opc)
    set -l word (commandline -ct)
    set -l before (string match -r -- '^--[^=]*=' $word)
    set -l path (string replace -- "$before" '' $word)
    set -l offered
    for line in ($typed[1] __complete fish $typed[2..-1] "$word" 2>/dev/null)
        switch $line
            case :files
                string replace -r -- '^' "$before" (__fish_complete_path "$path")
            case :folders
                for folder in (string replace -r -- '^' "$before" (__fish_complete_directories "$path" ''))
                    contains -- (string split -f 1 / -r -m 1 -- "$folder") $offered; or echo $folder
                end
            case ':*'
            case '*'
                echo $line
                set -a offered (string split -f 1 \t -- $line)
        end
    end
end
complete --command lapilli --no-files --arguments '(__lapilli_complete)'
