#!/usr/bin/env bash
# Publishes the program with its networks into a folder: what an image, or another machine, needs beside the .NET runtime.
# Usage: publish.sh linux-x64|linux-arm64 FOLDER [cuda] [with-dotnet]
# "cuda" adds ONNX Runtime's CUDA and TensorRT providers (linux-x64); "with-dotnet" adds the .NET runtime, so that FOLDER/austream runs where there is none
# (fetched from NuGet). The result does not depend on the architecture that publishes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
runtime=$1
folder=$2
shift 2
with=" $* "
for word in "$@"; do
    if [[ $word != cuda && $word != with-dotnet || $word == cuda && $runtime != linux-x64 ]]; then
        echo "publish.sh: there is no '$word' for $runtime" >&2
        exit 2
    fi
done
case $runtime in
    linux-x64 | linux-arm64) ;;
    *)
        echo "publish.sh: '$runtime' is not supported: linux-x64 or linux-arm64" >&2
        exit 2
        ;;
esac

# Builds the importer and imports the face networks on this machine; fetches what is missing from npm.
"$root/austream" setup models
[[ $runtime != linux-arm64 ]] || "$root/austream" setup arm64
[[ $with != *" cuda "* ]] || "$root/austream" setup cuda

dotnet=$(<"$root/artifacts/setup/dotnet")
# As the launcher's builds: no server stays behind.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
# Without a launcher of its own the program needs no pack for the other architecture: "dotnet austream.dll" starts it.
pack=(--no-self-contained -p:UseAppHost=false)
[[ $with != *" with-dotnet "* ]] || pack=(--self-contained)
"$dotnet" publish "$root/pipeline" -c Release -r "$runtime" "${pack[@]}" -o "$folder" -nologo -v q
cp "$root"/artifacts/models/*.{onnx,json} "$folder/models/"
cp "$root/LICENSE" "$root/NOTICE" "$folder/"
rm -f "$folder"/*.pdb

cache=${XDG_CACHE_HOME:-${HOME:-$root/artifacts}/.cache}/austream/npm
if [[ $runtime == linux-arm64 ]]; then
    cp "$cache"/onnxruntime-node-*/package/bin/napi-v6/linux/arm64/libonnxruntime.so.1 "$folder/libonnxruntime.so"
fi
if [[ $with == *" cuda "* ]]; then
    cp "$cache"/com.github.asus4.onnxruntime.linux-x64-gpu-*/package/Plugins/Linux/x64/libonnxruntime_providers_*.so "$folder/"
fi

# Every native file must be for the machine that it goes to.
wanted=$([[ $runtime == linux-arm64 ]] && echo b7 || echo 3e)
bad=0
while IFS= read -r -d '' file; do
    machine=$(od -An -j18 -N1 -tx1 "$file" | tr -d ' ')
    if [[ $machine != "$wanted" ]]; then
        echo "publish.sh: $file is for another processor (ELF machine $machine)" >&2
        bad=1
    fi
done < <(find "$folder" \( -name '*.so*' -o -name austream \) -print0)
[[ -e $folder/libonnxruntime.so ]] || {
    echo "publish.sh: there is no libonnxruntime.so in $folder" >&2
    bad=1
}
exit "$bad"
