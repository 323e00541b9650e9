# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# Pods that share images: one of many gets what nobody has, or what a dead pod had, and it gets it again after its own restart.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../cli/lib.sh"
. "$here/../../k8s/image/claim.sh"

# Pods that have long seen what lies there come at the same time; who got it writes down what it has.
race() { # pods SECONDS: since when they have seen it
  local pod file start=$((SECONDS + 1))
  for pod in $(seq "$1"); do
    (
      HOSTNAME=pod$pod
      if take image.claim; then echo "$claim" >>early; exit; fi # the first look at a claim is just that
      for file in "${!since[@]}"; do since[$file]=$((SECONDS - $2)); done
      while [ $SECONDS -lt $start ]; do :; done
      if take image.claim; then echo "$claim" >>taken; fi
    ) &
  done
  wait
}
for round in 1 2 3 4 5; do
  rm -f image.claim.* taken early
  echo dead >image.claim.1
  race 6 20
  [ ! -e early ] || fail "a claim was taken that had just been seen: $(cat early)"
  [ "$(cat taken | xargs)" = image.claim.2 ] || fail "a dead pod's image went to: $(cat taken | xargs)"
  [ "$(ls image.claim.*)" = image.claim.2 ] || fail "claims that are left: $(ls image.claim.* | xargs)"
done

for round in 1 2 3 4 5; do
  rm -f image.claim.* taken early
  race 6 10
  [ "$(cat early | xargs)" = image.claim.1 ] || fail "what nobody had went to: $(cat early | xargs)"
  [ ! -e taken ] || fail "was taken while another had it: $(cat taken)"
done

# A container that is started again in its pod goes on at once; afterwards nothing is left.
HOSTNAME=$(cat image.claim.1)
take image.claim || fail 'the same pod did not get its own image'
[ "$(ls image.claim.*)" = image.claim.2 ] || fail "claims that are left: $(ls image.claim.* | xargs)"
give_back
[ -z "$(ls image.claim.* 2>/dev/null)" ] || fail "was not given back: $(ls image.claim.*)"

# Who is not yet back from looking when others took it over, and gave it back, backs off if a third is at it now.
HOSTNAME=late
echo late >image.claim.2
claims() {
  printf '%s\n' image.claim.* | sed -n 's/.*\.\([0-9][0-9]*\)$/\1/p'
  [ -e looked ] || { touch looked && rm image.claim.2 && echo third >image.claim.1; }
}
if take image.claim; then fail 'two have the same image'; fi
[ "$(ls image.claim.*)" = image.claim.1 ] || fail "claims that are left: $(ls image.claim.* | xargs)"
finish
