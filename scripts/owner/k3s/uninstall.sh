# shellcheck shell=bash disable=SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: the way back. The data in /srv/lapilli and the packages stay.

uninstaller() {
    local file
    for file in "$bin/k3s-uninstall.sh" "$bin/k3s-agent-uninstall.sh"; do [[ ! -x $file ]] || echo "$file"; done | sed -n 1p
}

uninstall_host() {
    local script
    script=$(uninstaller)
    [[ -z $script ]] || change "uninstall K3s" run_uninstaller "$script"
    settle_firewall
    [[ ! -e $exports ]] || change 'end the export of /srv/lapilli' end_export
    # the next cluster would not know this password
    [[ ! -e $etc/../node ]] || change "remove the node's password" rm -rf "$etc/../node"
    [[ ! -e $state ]] || change 'remove what the script has noted' rm -rf "$state"
    if ((changes > 0)) && [[ -d $shared ]]; then say "/srv/lapilli is left as it is; delete it yourself if nobody needs its data"; fi
}
run_uninstaller() { # SCRIPT
    local log=$scratch/log
    remove_guard
    if ! bounded "$wait_s" "$1" >"$log" 2>&1 </dev/null; then
        tail -n 3 "$log" >&2
        stop 1 "$1 did not end well within $wait_s s (its last words stand above); a volume whose NFS server is gone keeps it: restart \
this host, and try again"
    fi
}
end_export() { rm -f "$exports" && { ! has_program exportfs || exportfs -ra; }; }

# The node guard is a service of its own; where this tree has it, it comes with the server.
guard_script=$source_folder/scripts/owner/install_guard.sh
put_guard() {
    if ! $with_guard || [[ ! -x $guard_script ]]; then return 0; fi
    $plan || "$guard_script" >&2 || stop 1 "the node guard could not be installed (its message stands above); try again, or use --no-guard"
}
remove_guard() {
    if [[ ! -e $units/node-guard.timer ]]; then return 0; fi
    "$guard_script" --uninstall >&2 || say "the node guard could not be removed; see its message above"
}
