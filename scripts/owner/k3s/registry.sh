# shellcheck shell=bash disable=SC2034,SC2154 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of install_k3s.sh and import_image.sh: a registry of one's own. lapilli:VERSION of the manifests is docker.io/library/lapilli:VERSION
# in full, so nodes look into the registry first for what is of docker.io.

check_registry() { # WHERE VALUE
    check_word "$1" "$2" 'https?://[[:alnum:].-]+(:[0-9]+)?' 'https://HOST or http://HOST:PORT'
}

put_mirror() {
    [[ -n $registry ]] || return 0
    local file=$etc/registries.yaml head='# Written by install_k3s.sh of Lapilli.'
    ! uses_docker || stop 2 "nodes with --docker do not read registries.yaml of K3s; expected the registry in Docker's own daemon.json"
    [[ ! -e $file || $(head -n 1 "$file") == "$head" ]] || stop 2 "$file is not of this script, and is left as it is; add to its mirrors: \
docker.io: {endpoint: [\"$registry\"]}, and leave out --registry"
    local before=$changes
    put_file "look for images in $registry first" "$file" "$head
mirrors:
  docker.io:
    endpoint:
    - \"$registry\""
    ((changes == before)) || restart=true
}
# Where nothing else changes.
settle_mirror() {
    case $(unit) in
        k3s) start_service server ;;
        k3s-agent) start_service agent ;;
    esac
}

# Pushes an archive with whatever there is.
push_image() { # FILE TAG
    local name=${registry#*://}/library/$2 verify=true program_of_images
    [[ $registry == https:* ]] || verify=false
    for program_of_images in skopeo docker podman buildah; do ! command -v "$program_of_images" >/dev/null || break; done
    say "pushing $2 to $registry with $program_of_images"
    case $program_of_images in
        skopeo) skopeo copy --quiet --dest-tls-verify=$verify "docker-archive:$1" "docker://$name" ;;
        docker) docker load --quiet --input "$1" && docker tag "$2" "$name" && docker push --quiet "$name" ;;
        podman) podman load --quiet --input "$1" && podman tag "$2" "$name" && podman push --quiet --tls-verify=$verify "$name" ;;
        *)
            command -v buildah >/dev/null ||
                stop 2 "there is none of skopeo, docker, podman and buildah; expected one that can push; install one"
            buildah pull --quiet "docker-archive:$1" && buildah tag "$2" "$name" && buildah push --quiet --tls-verify=$verify "$name"
            ;;
    esac >&2 </dev/null ||
        stop 1 "$2 could not be pushed to $registry (the message stands above); are you logged in, and does it allow that?"
}
