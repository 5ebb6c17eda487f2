#!/usr/bin/env bash
# What each part of the training data brings on real faces: trains austream-base briefly (1,500 steps, some six minutes on one core) on each selection in
# configs/ablation, and measures every one on synthetic test people and on neutral and smiling pictures of real people (testing only).
# Usage: ablation.sh OUT REAL DATA...      OUT: folder outside the repository. REAL: folder with neutral/ and smiling/. DATA: shards of 'austream synth'.
# ABLATION_CONFIGS=FILE... takes other configurations. Finished steps are kept: a stopped run goes on.
set -euo pipefail

out=$(realpath -m "$1")
real=$(realpath "$2")
shift 2
data=()
for folder in "$@"; do
    data+=(--data "$(realpath "$folder")")
done
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
mkdir -p "$out/zoo" "$out/fixtures"
cp "$here"/../zoo/crop-112.json "$out/zoo/"
training() { (cd "$here" && /usr/bin/python3 -m austream_training "$@"); }

printf '%-28s %8s %8s %8s %8s %8s %8s %8s %10s\n' selection AUC F1 AU06 AU12 AU25 AU06rel AU12rel presence
read -ra configurations <<<"${ABLATION_CONFIGS:-$(echo "$here"/configs/ablation/*.json)}"
for configuration in "${configurations[@]}"; do
    id=$(/usr/bin/python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["id"])' "$configuration")
    if [[ ! -e $out/$id.done ]]; then
        training train --config "$configuration" "${data[@]}" --out "$out/$id" --threads 1 >"$out/$id.log"
        training export --run "$out/$id" "${data[@]}" --zoo "$out/zoo" --fixtures "$out/fixtures" >>"$out/$id.log"
        for kind in neutral smiling; do
            AUSTREAM_MODELS=$out/zoo:$root/artifacts/models "$root/austream" analyze "$real/$kind" --out "$out/real/$id/$kind" --model "$id" >>"$out/$id.log" 2>&1
        done
        training evaluate-london --frames-neutral "$out/real/$id/neutral/frames.csv" --frames-smiling "$out/real/$id/smiling/frames.csv" >"$out/$id.real.json"
        touch "$out/$id.done"
    fi
    /usr/bin/python3 - "$id" "$out/zoo/$id.json" "$out/$id.real.json" <<'PYTHON'
import json
import sys

name, manifest, real = sys.argv[1], json.load(open(sys.argv[2])), json.load(open(sys.argv[3]))
metrics, area, relative = manifest["metrics"], real["auc"], real["auc_relative"]
values = [metrics["synthetic_test_auc"], metrics["synthetic_test_f1"], *(area[unit] for unit in ("AU06", "AU12", "AU25")), relative["AU06"], relative["AU12"]]
print(f"{name:<28}" + "".join(f" {value:8.3f}" for value in values) + f" {100 * real['mean_presence_neutral']:8.1f} %")
PYTHON
done
