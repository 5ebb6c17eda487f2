#!/usr/bin/env bash
# What can be tested for arm64 on an x64 machine: publishes for linux-arm64, looks at every native file, and runs the networks' reference vectors through
# ONNX Runtime's arm64 library under qemu-aarch64 on Debian's arm64 userland. Usage: arm64.sh [FOLDER]
# With AUSTREAM_ARM64_DOTNET set to the folder of a .NET runtime for linux-arm64, 'austream doctor' and 'austream models verify' run under qemu too.
# Needs qemu-user-static, debootstrap and root (for debootstrap). What emulation cannot show: speed, NEON timing, cameras, GPUs.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=${1:-$root/artifacts/arm64}
userland=$work/debian
mirror=${DEBIAN_MIRROR:-$(awk '/^URIs:/ { print $2; exit } /^deb / { print $2; exit }' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null)}
# As on a board: without the newest extensions, some of which this emulator computes slowly.
emulator=(qemu-aarch64-static -cpu cortex-a72)
mkdir -p "$work"

echo "== publish"
"$root/eng/containers/publish.sh" linux-arm64 "$work/app"
find "$work/app" -name '*.so*' -exec file -b {} + | sort | uniq -c

if [[ ! -e $userland/complete ]]; then
    echo "== Debian's arm64 userland"
    rm -rf "$userland"
    # Only unpacked, never configured: nothing of it runs but single programs under qemu.
    debootstrap --foreign --arch=arm64 --variant=minbase --include=nodejs,libstdc++6 bookworm "$userland" "$mirror" >"$work/debootstrap.log"
    for package in "$userland"/var/cache/apt/archives/*.deb; do
        dpkg-deb --extract "$package" "$userland"
    done
    # ONNX Runtime reads what the processor can do from here; qemu would show it the x64 machine's file, on which it crashes.
    mkdir -p "$userland/proc"
    printf '%s\n' 'processor	: 0' 'Features	: fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid' 'CPU implementer	: 0x41' 'CPU architecture: 8' \
        'CPU variant	: 0x0' 'CPU part	: 0xd08' 'CPU revision	: 3' >"$userland/proc/cpuinfo"
    touch "$userland/complete"
fi

echo "== reference vectors under qemu"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/austream/npm
node_package=$(ls -d "$cache"/onnxruntime-node-*/package)
mkdir -p "$work/node/bin"
cp "$node_package"/bin/napi-v6/linux/arm64/* "$work/node/bin/"
cp "$root/eng/testing/arm64-vectors.js" "$work/node/"
time "${emulator[@]}" -L "$userland" -E LD_LIBRARY_PATH="$work/node/bin" "$userland/usr/bin/node" "$work/node/arm64-vectors.js" \
    "$work/node/bin/onnxruntime_binding.node" "$work/app/models" "$root/tests/models/fixtures"

if [[ -n ${AUSTREAM_ARM64_DOTNET:-} ]]; then
    for arguments in "doctor" "models verify"; do
        echo "== austream $arguments under qemu"
        # shellcheck disable=SC2086 # words of a command line
        "${emulator[@]}" -L "$userland" -E DOTNET_ROOT="$AUSTREAM_ARM64_DOTNET" -E DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 \
            "$AUSTREAM_ARM64_DOTNET/dotnet" "$work/app/austream.dll" $arguments
    done
else
    echo "== no .NET runtime for arm64 was given (AUSTREAM_ARM64_DOTNET): the program itself was not run"
fi
