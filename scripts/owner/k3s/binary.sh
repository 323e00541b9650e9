# shellcheck shell=bash disable=SC2034,SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh: the binary of K3s and its own installer, fetched or from the air-gap folder, and checked before they are used.

binary_name() { if [[ $(architecture) == arm64 ]]; then echo k3s-arm64; else echo k3s; fi; }

fetch() { # URL FILE
    curl --fail --location --silent --show-error --proto '=https' --connect-timeout 20 --max-time 900 --retry 3 \
        --output "$2" "$1" </dev/null ||
        stop 1 "$1 could not be fetched (the message of curl stands above); expected a way to it; check network and proxy, or use --airgap"
}
sha256_of() { sha256sum "$1" | cut -d ' ' -f 1; }
check_sum() { # FILE SHA256 ORIGIN
    local found
    found=$(sha256_of "$1")
    [[ $found == "$2" ]] || stop 1 "$3 has the digest $found; expected $2; it is damaged or not what it should be: fetch it again"
}
# The file of the air-gap folder, or fetched.
obtain() { # NAME URL FILE
    if [[ -z $airgap ]]; then fetch "$2" "$3" && return; fi
    [[ -r $airgap/$1 ]] || stop 2 "$airgap has no $1; expected what docs/install.md lists; copy it there"
    cp "$airgap/$1" "$3"
}

# The digest of a file of the release, by the list that the release has published; the list's own place is trusted, by https.
published_sum() { # NAME LIST
    local sum
    sum=$(awk -v name="$1" '$2 == name || $2 == "*" name {print $1; exit}' "$2")
    [[ $sum =~ ^[0-9a-f]{64}$ ]] || stop 1 "the list of digests of $K3S_VERSION does not name $1; expected a line for it; give --checksum"
    echo "$sum"
}

is_wanted_binary() {
    [[ $(installed_version) == "$K3S_VERSION" ]] && { [[ -z $checksum ]] || [[ $(sha256_of "$bin/k3s") == "$checksum" ]]; }
}
put_binary() {
    if is_wanted_binary; then return; fi
    change "install K3s $K3S_VERSION${airgap:+ from $airgap}" replace_binary
    restart=true
}
replace_binary() {
    local name list sum=$checksum
    name=$(binary_name)
    mkdir -p "$bin"
    obtain "$name" "$K3S_RELEASE/$name" "$bin/k3s.new"
    if [[ -z $sum ]]; then
        list=$scratch/list
        obtain "sha256sum-$(architecture).txt" "$K3S_RELEASE/sha256sum-$(architecture).txt" "$list"
        sum=$(published_sum "$name" "$list") || exit
    fi
    if ! (check_sum "$bin/k3s.new" "$sum" "$name"); then
        rm -f "$bin/k3s.new"
        exit 1
    fi
    chmod 755 "$bin/k3s.new"
    mv "$bin/k3s.new" "$bin/k3s"
}

# K3s' own installer makes the service and k3s-uninstall.sh; it downloads no binary, and the service is started by start_service.
make_service() { # server|agent
    [[ -e $units/$(unit_of "$1").service && -x $(uninstaller) ]] || change "make the service $(unit_of "$1")" run_installer "$1"
}
run_installer() { # server|agent
    local installer log skip=binary
    [[ -z $airgap ]] || skip=true
    installer=$scratch/install.sh log=$scratch/log
    obtain install.sh "$K3S_INSTALLER" "$installer"
    check_sum "$installer" "$K3S_INSTALLER_SHA256" install.sh
    # only the policy for SELinux, where there is one, is fetched
    if ! env INSTALL_K3S_SKIP_DOWNLOAD="$skip" INSTALL_K3S_SKIP_START=true INSTALL_K3S_EXEC="$1" INSTALL_K3S_BIN_DIR="$bin" \
        INSTALL_K3S_SYSTEMD_DIR="$units" sh "$installer" >"$log" 2>&1 </dev/null; then
        tail -n 3 "$log" >&2
        stop 1 "the installer of K3s failed (its last words stand above); expected a Linux with systemd; see docs/install.md"
    fi
}
