# shellcheck shell=bash disable=SC2154 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of submit.sh, fetch_results.sh and jobs.sh: the manifests of k8s/, with other names, numbers and words in them.
# Not by Kustomize, which came out as long (123 lines for 126): it passes over patches without a target, adds what a replace does not find,
# makes a space of U+0085, refuses control characters, and would tie --dry-run to a kubectl of 1.21 or newer.

manifest=      # the text at work
manifest_file= # where it comes from

read_manifest() { # FILE
    manifest_file=$1
    [[ -r $root/$1 ]] || stop 2 "$1 is missing; expected a whole copy of Lapilli's source; fetch it again"
    manifest=$(cat "$root/$1")
    [[ $namespace != lapilli ]] || return 0
    replace "$manifest" 'namespace: lapilli' "namespace: \"$namespace\""
    manifest=$replaced
}

check_namespace() { # NAME
    local LC_ALL=C label='^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'
    [[ $1 =~ $label && ${#1} -le 63 ]] || stop 2 "--namespace $1 is not possible; expected at most 63 of a-z, 0-9 and -"
}

# Sets $replaced to a text with NEW for every OLD in it, and $times to how many there were. (The pattern substitutions of bash differ
# between its versions in what they do to \ and &.)
replace() { # TEXT OLD NEW
    local rest=$1
    replaced='' times=0
    while [[ $rest == *"$2"* ]]; do
        replaced+=${rest%%"$2"*}$3
        rest=${rest#*"$2"}
        times=$((times + 1))
    done
    replaced+=$rest
}

# All that the manifest must be for these functions to fit it is checked, so that nothing is left as it was in silence.
expect_in_manifest() { # condition, what
    (($1)) || stop 2 "$manifest_file has changed: there must be $2; restore it, or adapt scripts/user/cluster/manifest.sh"
}

put() { # TIMES OLD NEW
    replace "$manifest" "$2" "$3"
    expect_in_manifest "times == $1" "$1 times '${2//$'\n'/}'"
    manifest=$replaced
}

# Replaces the value of the first KEY behind a line; the key has its colon, the value goes up to a comment or the end of the line.
set_value() { # LINE KEY VALUE
    local before after value
    before=${manifest%%$'\n'"$1"$'\n'*}
    expect_in_manifest "${#before} < ${#manifest}" "a line '$1'"
    after=${manifest:${#before}}
    before+=${after%%"$2"*}
    after=${manifest:${#before}}
    expect_in_manifest "${#after} > 0" "'$2' behind the line '$1'"
    value=${after%%$'\n'*}
    after=${after:${#value}}
    if [[ $value == *' #'* ]]; then after=" #${value#* #}$after"; fi
    manifest=$before$2$3$after
}

# A word as a JSON string, which is YAML as well; Kubernetes makes $ of $$, and the value of a variable of $(NAME). YAML would take
# some characters for line breaks, or not at all: they become \uXXXX.
json_string() { # WORD
    local LC_ALL=C code octal character escape
    replace "$1" \\ \\\\
    replace "$replaced" '"' '\"'
    replace "$replaced" '$' '$$'
    if [[ $replaced == *[!\ -~]* ]]; then
        for ((code = 1; code < 160; code = code == 31 ? 127 : code + 1)); do
            printf -v octal '\\0%03o' "$code"
            ((code < 128)) || octal='\0302'$octal
            printf -v character %b "$octal"
            printf -v escape '\\u%04x' "$code"
            replace "$replaced" "$character" "$escape"
        done
        replace "$replaced" $'\xe2\x80\xa8' '\u2028'
        replace "$replaced" $'\xe2\x80\xa9' '\u2029'
        replace "$replaced" $'\xef\xbb\xbf' '\ufeff'
        replace "$replaced" $'\xef\xbf\xbe' '\ufffe'
        replace "$replaced" $'\xef\xbf\xbf' '\uffff'
    fi
    printf '"%s"' "$replaced"
}

check_image() { # IMAGE:TAG or nothing
    local LC_ALL=C reference='^([a-zA-Z0-9][-a-zA-Z0-9._/:@]*)?$'
    [[ $1 =~ $reference ]] || stop 2 "--image $1 is not possible; expected a container image, e.g. lapilli:0.1.0"
}

# JSON and YAML are UTF-8.
check_text() { # WORD...
    local word
    command -v iconv >/dev/null || return 0
    for word; do
        printf %s "$word" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1 || stop 2 "$word is not UTF-8; expected text; rename the file"
    done
}

# What a pod of the manifest asks for: $asked_cpu, $asked_memory and its limit, $asked_limit.
resources_of() { # Launcher or Worker
    local pattern='resources: \{requests: \{cpu: ([^,}]+), memory: ([^,}]+)\}, limits: \{memory: ([^,}]+)\}\}' fits=0
    if [[ ${manifest#*$'\n    '"$1"$':\n'} =~ $pattern ]]; then fits=1; fi
    expect_in_manifest "$fits" "cpu and memory of the $1 in 'resources: {requests: {cpu: , memory: }, limits: {memory: }}'"
    asked_cpu=${BASH_REMATCH[1]} asked_memory=${BASH_REMATCH[2]} asked_limit=${BASH_REMATCH[3]}
}

# The same of a worker of this job.
resources_of_worker() {
    resources_of Worker
    asked_cpu=${cpu:-$asked_cpu} asked_memory=${memory:-$asked_memory} asked_limit=${memory:-$asked_limit}
}

# The MPIJob of k8s/mpijob and its NetworkPolicy for a job of its own.
render_job() { # WORD... of lapilli-launch
    local words='' word asked_cpu asked_memory asked_limit
    read_manifest k8s/mpijob/mpijob.yaml
    replace "$manifest" sample ''
    expect_in_manifest "times == 7" "7 times 'sample'"
    put 2 $'\n  name: sample\n' $'\n  name: "'"$name"$'"\n' # quoted: YAML has other plans with names such as on
    put 3 'training.kubeflow.org/job-name: sample}' "training.kubeflow.org/job-name: \"$name\"}"
    put 1 'name: sample-case,' "name: $name-case,"
    put 1 'image: *image' 'image: *image' # the workers have the image of the launcher
    set_value 'spec:' 'slotsPerWorker: ' "$slots"
    set_value '    Worker:' 'replicas: ' "$workers"
    resources_of_worker
    set_value '    Worker:' 'resources: ' \
        "{requests: {cpu: \"$asked_cpu\", memory: \"$asked_memory\"}, limits: {memory: \"$asked_limit\"}}"
    if [[ -n $container_image ]]; then set_value '    Launcher:' 'image: &image ' "\"$container_image\""; fi
    for word; do words+=", $(json_string "$word")"; done
    set_value '    Launcher:' 'args: [launch, ' "${words#, }]"
    printf '%s\n' "$manifest"
}

# The namespace of jobs, and what belongs to it.
render_namespace() {
    read_manifest k8s/namespace/namespace.yaml
    put 1 $'\n  name: lapilli\n' $'\n  name: "'"$namespace"$'"\n'
    printf '%s\n---\n' "$manifest"
    read_manifest k8s/namespace/network.yaml
    printf '%s\n' "$manifest"
}
render_claim() {
    read_manifest k8s/namespace/volume.yaml
    printf '%s\n' "$manifest"
}

# The pod of k8s/volume under another name, so that the scripts of two jobs do not take it from each other.
render_helper() { # NAME
    read_manifest k8s/volume/pod.yaml
    set_value 'metadata:' '  name: ' "$1"
    if [[ -n $container_image ]]; then set_value '  containers:' '    image: ' "\"$container_image\""; fi
    printf '%s\n' "$manifest"
}
