# shellcheck shell=bash disable=SC2034,SC2154 # it shares the variables of the scripts that it is part of
# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Part of submit.sh: what is computed, files and folders here and there.

files=()  # that are here and have to be on the volume; a folder, of Zarr or slices, counts as one
inputs=() # the words that name the image and the case to the pods
there=()  # those of them that must be there already

# Whether the pods find it under this name, on the volume or in the container image.
is_there() { [[ $1 == /work/* || $1 == /usr/share/lapilli/* ]]; }

# A folder's own name, also of one that is called . or ends with a slash.
whole_name() { (CDPATH='' cd -- "$1" && pwd); } # FOLDER

# Sets $file to the part of FILE or FILE:/DATASET that is the name of a file here, $dataset to the rest; as lapilli itself does it.
find_file() { # WORD
    local rest=$1
    file='' dataset=''
    if [[ -e $1 ]]; then
        file=$1
    else
        while [[ $rest == *:/* ]]; do
            file+=${rest%%:/*} rest=${rest#*:/}
            if [[ -e $file ]]; then
                dataset=:/$rest
                break
            fi
            file+=:/
        done
    fi
    [[ -n $dataset || -e $file ]] || stop 2 "there is no file $1; expected an image, a case file, or /work/... on the volume"
    [[ -f $file || -d $file ]] || stop 2 "$file is neither a file nor a folder; expected an image or a case file; write it into a file"
    [[ -r $file && (-f $file || -x $file) ]] || stop 2 "$file cannot be read; expected permission to; see ls -ld"
    [[ ! -d $file ]] || file=$(whole_name "$file")
    [[ ${file##*/} != result ]] || stop 2 "$file has the name of the folder of results; give it another one"
}

# The image that a case file names.
image_of_case() { # CASE.toml
    local line in_double_quotes='^"([^"\\]+)"' in_single_quotes="^'([^']+)'"
    line=$(sed -n 's/^[[:space:]]*image[[:space:]]*=[[:space:]]*//p' "$1" | sed -n 1p)
    if [[ $line =~ $in_double_quotes || $line =~ $in_single_quotes ]]; then
        echo "${BASH_REMATCH[1]}"
    else
        stop 2 "$1 names no image, or in a way that only lapilli can read; expected a line such as image = 'rock.tif'"
    fi
}

# The value behind a key in the text at the beginning of a file.
value_in() { # FILE KEY
    head -c 20000 "$1" | LC_ALL=C tr -d '\r' | LC_ALL=C sed -n "s/^$2[[:space:]]*[=:][[:space:]]*//p" | sed -n 1p
}

# What a file is not read without: the voxels that a head leaves to another one, and what may say beside a raw one how to read it.
companions() { # FILE
    local stem=${1%.*} folder='' named='' beside
    if [[ $1 == */* ]]; then folder=${1%/*}/; fi
    case $1 in
        *.mhd) named=$(value_in "$1" ElementDataFile) ;;
        *.nhdr) named=$(value_in "$1" 'data *file') ;;
        *.vgi) named=$(value_in "$1" Name) named=${named##*[/\\]} named=${named:-${stem##*/}.vol} ;;
        *.hdr) named=${stem##*/}.img ;;
        *.raw | *.raw.gz | *.raw.bz2 | *.raw.zst | *.vol)
            if [[ $1 == *.raw.* ]]; then stem=${stem%.raw}; fi
            for beside in "$stem".{raw.json,raw.info,raw.txt,vol.info,info,txt,mhd,nhdr}; do
                if [[ -f $beside ]]; then echo "$beside"; fi
            done
            ;;
    esac
    if [[ -n $named && $named != LOCAL ]]; then
        [[ -f $folder$named ]] || stop 2 "there is no file $folder$named, where $1 says that its voxels are; expected it beside"
        echo "$folder$named"
    fi
}

take_file() { # WORD
    local others other
    find_file "$1"
    files+=("$file")
    inputs+=("/work/$name/${file##*/}$dataset")
    others=$(companions "$file") || exit
    while IFS= read -r other; do
        if [[ -n $other ]]; then files+=("$other"); fi
    done <<<"$others"
}

# A case goes to the volume as it is; its image beside it, and is named behind the case, which overrides what stands in there.
read_input() { # IMAGE or CASE.toml
    local image case=$1
    if is_there "$1"; then
        inputs=("$1") there=("$1")
        return
    fi
    take_file "$1"
    if [[ $1 != *.toml ]]; then return; fi
    image=$(image_of_case "$case") || exit
    if is_there "$image"; then
        there+=("$image")
        return
    fi
    if [[ $image != /* && $case == */* ]]; then image=${case%/*}/$image; fi
    take_file "$image"
}

# A name for the job: that of the file, as far as Kubernetes allows.
name_of() { # WORD
    local stem=$1
    if [[ $1 == *:/* ]]; then
        stem=${1%%:/*}
    elif [[ -d $1 ]]; then
        stem=$(whole_name "$1")
    fi
    stem=${stem##*/}
    stem=${stem%.gz} stem=${stem%.bz2} stem=${stem%.zst}
    if [[ $stem == ?*.* ]]; then stem=${stem%.*}; fi
    stem=$(printf %s "$stem" | LC_ALL=C tr '[:upper:]' '[:lower:]' | LC_ALL=C tr -cs 'a-z0-9' '-')
    stem=${stem#-}
    [[ $stem == [a-z]* ]] || stem=job-$stem
    stem=${stem:0:40}
    while [[ $stem == *- ]]; do stem=${stem%-}; done
    echo "$stem"
}

# Uploads what is here and looks for what must be there.
bring_input() {
    local path file
    for path in ${there[@]+"${there[@]}"}; do
        is_on_volume "$path" || stop 2 "there is no file $path, seen from a pod; expected one on the volume or in the container image; \
look with: $(look_hint) ls /work"
    done
    for file in ${files[@]+"${files[@]}"}; do upload "$file" "/work/$name/${file##*/}"; done
}
