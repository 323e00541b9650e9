# shellcheck shell=bash disable=SC2154 # it shares the variables of install_k3s.sh
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh and import_image.sh: archives of container images, and how a node comes to what is in them.

# Of an archive as build_image.sh makes it: its name and tag without a registry, and the digest of its configuration, which is what the
# image is called wherever it is unpacked.
archive_manifest() { tar -xOf "$1" manifest.json 2>/dev/null | tr -d ' \n'; }
archive_tag() { archive_manifest "$1" | sed -n 's|.*"RepoTags":\["\([^"]*/\)\{0,1\}\([^"/]*\)".*|\2|p'; }
archive_digest() { archive_manifest "$1" | sed -n 's|.*"Config":"\([^"]*/\)\{0,1\}\([0-9a-f]\{64\}\).*|\2|p'; }
archive_architecture() { # FILE: nothing where it does not say
    local config
    config=$(archive_manifest "$1" | sed -n 's/.*"Config":"\([^"]*\)".*/\1/p')
    tar -xOf "$1" "$config" 2>/dev/null | tr -d ' \n' | sed -n 's/.*"architecture":"\([^"]*\)".*/\1/p'
}
check_archive() { # FILE
    [[ -r $1 ]] || stop 2 "the image archive $1 cannot be read; expected that of scripts/owner/build_image.sh; build it, or name another one"
    [[ $(archive_tag "$1") == ?*:?* && -n $(archive_digest "$1") ]] ||
        stop 2 "$1 is not an archive of an image with a tag; expected that of scripts/owner/build_image.sh, or of 'docker save'"
}

# A node of another processor could not run it.
check_processor() { # FILE HOST'S NUMBER
    local made_for host_is
    made_for=$(archive_architecture "$1") host_is=$(fact "$2" system) && host_is=${host_is##* }
    [[ -z $made_for || $made_for == "$host_is" ]] || stop 2 "$1 is for $made_for, but ${hosts[$2]} is $host_is; expected an image for it; build \
one with scripts/owner/build_image.sh --platform linux/$host_is, and name its archive"
}

uses_docker() { $docker || grep -qx 'docker: true' "$etc/config.yaml" 2>/dev/null; }
crictl() { "$bin/k3s" crictl "$@" 2>/dev/null; }

# Facts "image TAG DIGEST". Some versions of Docker call an image by another digest, which was written down when it was loaded.
print_images() {
    local tag id
    is_running "$(unit)" || return 0
    crictl images --no-trunc | awk '$1 ~ /(^|\/)lapilli$/ {sub("sha256:", "", $3); print $2, $3}' | while read -r tag id; do
        echo "image $tag $(sed -n "s/^$id //p" "$state/images" 2>/dev/null | grep . || echo "$id")"
    done | sort -u # an image may have several names
}
has_image() { # TAG DIGEST
    [[ -n $(print_images | grep -x "image ${1#*:} $2") ]] # grep -q would end what still writes
}

# The image of jobs: there at the next start, and at once where K3s is running.
put_image() { # FILE
    [[ -n $1 ]] || return 0
    local tag digest
    check_archive "$1"
    tag=$(archive_tag "$1") digest=$(archive_digest "$1")
    ! has_image "$tag" "$digest" || return 0
    if uses_docker; then
        change "load $tag into Docker" load_into_docker "$1" "$tag" "$digest"
    else
        change "import $tag" import_into_containerd "$1" "${tag/:/-}.tar"
    fi
}
load_into_docker() { # FILE TAG DIGEST
    docker load --input "$1" >/dev/null </dev/null || stop 1 "docker does not load $2 (its message stands above); is its disk full?"
    write_file "$state/images" "$(docker image inspect --format '{{.Id}}' "$2" | sed 's/^sha256://') $3"
}
import_into_containerd() { # FILE NAME
    keep_archive "$1" "$2"
    ! is_running "$(unit)" || "$bin/k3s" ctr --namespace k8s.io images import "$data/agent/images/$2" >/dev/null </dev/null ||
        stop 1 "containerd does not import $2 (its message stands above); is its disk full?"
}
# K3s imports what is in this folder at every start, and what comes into it; half a file must never be seen there.
keep_archive() { # FILE NAME
    { mkdir -p "$data/agent/images" && cp "$1" "$data/agent/$2.new" && mv "$data/agent/$2.new" "$data/agent/images/$2"; } ||
        stop 1 "$2 cannot be copied to $data/agent/images; expected space for it; free some, and try again"
}

# All other images of the air-gap folder: those of K3s and of the operator.
put_airgap_images() {
    local file name
    [[ -n $airgap ]] || return 0
    for file in "$airgap"/*.tar "$airgap"/*.tar.gz "$airgap"/*.tar.zst; do
        [[ -e $file ]] || continue
        name=${file##*/}
        [[ $name != lapilli-* ]] || continue
        if uses_docker; then
            [[ -e $state/loaded-$name && $(<"$state/loaded-$name") == "$(sha256_of "$file")" ]] ||
                change "load $name into Docker" load_once "$file" "$name"
        else
            cmp -s "$file" "$data/agent/images/$name" || change "add $name" keep_archive "$file" "$name"
        fi
    done
}
load_once() { # FILE NAME
    docker load --input "$1" >/dev/null </dev/null || stop 1 "docker does not load $2 (its message stands above); is its disk full?"
    write_file "$state/loaded-$2" "$(sha256_of "$1")"
}
