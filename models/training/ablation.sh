#!/usr/bin/env bash
# What each part of the generator brings on real faces: renders the same people with all parts and without one at a time, trains austream-base briefly
# (configs/ablation.json, a few minutes on one core) on each and on selections of people, and measures all of them on the same synthetic test people and
# on neutral and smiling pictures of real people (testing only). Ends with a table; differences have paired 95 % intervals over the real people.
# Usage: ablation.sh OUT REAL TEST ICT
#   OUT   folder outside the repository; what is finished is kept, a stopped run goes on
#   REAL  folder with neutral/ and smiling/
#   TEST  shards of 'austream synth' with all parts and other people (another seed): their validation people set thresholds, their test people judge
#   ICT   ict-facekit.npz
# PEOPLE (260): people per rendering, eight pictures of each. AUSTREAM: the program, unless it is the checkout's ./austream. PRECISION: see train.
# ROWS: only these rows and no table, so that several processes can share the work.
set -euo pipefail

out=$(realpath -m "$1")
real=$(realpath "$2")
test=$(realpath "$3")
ict=$(realpath "$4")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
people=${PEOPLE:-260}
read -ra austream <<<"${AUSTREAM:-$root/austream}"
mkdir -p "$out/zoo" "$out/fixtures" "$out/data" "$out/configs"
cp "$here"/../zoo/crop-112.json "$out/zoo/"
training() { (cd "$here" && /usr/bin/python3 -m austream_training "$@"); }

wanted() { [[ -z ${ROWS:-} || " $ROWS " == *" $1 "* ]]; }

# render NAME OPTIONS...
render() {
    [[ $1 == all ]] || wanted "$1" || return 0
    "${austream[@]}" synth --out "$out/data/$1" --people "$people" --samples-per-person 8 --seed 40 "${@:2}" 2>"$out/data/$1.log"
}

# measure NAME DATA SELECTION [SEED]
measure() {
    local id=ablation-$1 kind
    wanted "$1" && [[ ! -e $out/$id.done ]] || return 0
    echo "$id"
    /usr/bin/python3 - "$here/configs/ablation.json" "$id" "$3" "${4:-1}" >"$out/configs/$id.json" <<'PYTHON'
import json
import sys

path, name, selection, seed = sys.argv[1:]
print(json.dumps(json.load(open(path)) | {"id": name, "selection": json.loads(selection), "seed": int(seed)}))
PYTHON
    training train --config "$out/configs/$id.json" --data "$out/data/$2" --out "$out/$id" --threads 1 --precision "${PRECISION:-bfloat16}" >"$out/$id.log"
    training export --run "$out/$id" --data "$test" --zoo "$out/zoo" --fixtures "$out/fixtures" >>"$out/$id.log"
    for kind in neutral smiling; do
        AUSTREAM_MODELS=$out/zoo:$root/artifacts/models "${austream[@]}" analyze "$real/$kind" --out "$out/real/$id/$kind" --model "$id" >>"$out/$id.log" 2>&1
    done
    touch "$out/$id.done"
}

render all --ict "$ict"
measure all all '{}'
measure all-another-seed all '{}' 2
measure half-the-people all "{\"people\": $((people * 45 / 100))}"
measure only-ict-heads all '{"source": "ict"}'
measure only-makehuman-heads all '{"source": "makehuman"}'
for part in wrinkles light camera occlusion proportions resting-faces own-movement combinations; do
    render "without-$part" --ict "$ict" --without "$part"
    measure "without-$part" "without-$part" '{}'
done
render without-ict-asset
measure without-ict-asset without-ict-asset '{}'
[[ -n ${ROWS:-} ]] || training ablation-table --zoo "$out/zoo" --real "$out/real" --first ablation-all
