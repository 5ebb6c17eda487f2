#!/usr/bin/env bash
# Runs AuStream's arm64 build on an x64 machine, under qemu-aarch64 on Debian's arm64 userland: the networks' reference vectors through ONNX Runtime's
# arm64 library, then the program itself with .NET's arm64 runtime and Debian's arm64 ffmpeg: doctor, models list, models verify, and analyze, whose
# frames.csv must agree with the one that the x64 program writes. Usage: arm64.sh [FOLDER]
# Needs qemu-user-static, debootstrap, ffmpeg and root (for debootstrap), 2 GB in FOLDER (default artifacts/arm64) and some minutes.
# What emulation cannot show: speed, timing, cameras, GPUs, and extensions of processors newer than the emulated Cortex-A72.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mkdir -p "${1:-$root/artifacts/arm64}" && cd "${1:-$root/artifacts/arm64}" && pwd)
userland=$work/debian
mirror=${DEBIAN_MIRROR:-$(awk '/^URIs:/ { print $2; exit } /^deb / { print $2; exit }' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true)}
mirror=${mirror:-http://deb.debian.org/debian}
# As on a board: without the newest extensions, some of which this emulator computes slowly.
emulator=(qemu-aarch64-static -cpu cortex-a72 -L "$userland")
libraries=/usr/lib/aarch64-linux-gnu

make_userland() {
    local package
    echo "== Debian's arm64 userland"
    rm -rf "$userland"
    # Only unpacked, never configured: nothing of it runs but single programs under qemu.
    debootstrap --foreign --arch=arm64 --variant=minbase --include=nodejs,libstdc++6,libssl3,libmosquitto1,ffmpeg bookworm "$userland" "$mirror" \
        >"$work/debootstrap.log"
    for package in "$userland"/var/cache/apt/archives/*.deb; do
        dpkg-deb --extract "$package" "$userland"
    done
    rm -rf "$userland"/var/cache/apt/archives/*.deb
    # ONNX Runtime reads what the processor can do from here; qemu would show it the x64 machine's file, on which it crashes.
    mkdir -p "$userland/proc"
    printf '%s\n' 'processor	: 0' 'Features	: fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid' 'CPU implementer	: 0x41' 'CPU architecture: 8' \
        'CPU variant	: 0x0' 'CPU part	: 0xd08' 'CPU revision	: 3' >"$userland/proc/cpuinfo"
    touch "$userland/complete"
}

# The kernel would refuse an arm64 program that AuStream starts: these stand in front of it. The libraries are those that only Debian's configuration links.
make_commands() {
    local name
    mkdir -p "$work/bin"
    for name in ffmpeg ffprobe; do
        printf '#!/bin/sh\nexec %s -E LD_LIBRARY_PATH=%s "%s" "$@"\n' "${emulator[*]@Q}" "$libraries/blas:$libraries/lapack:$libraries/pulseaudio" \
            "$userland/usr/bin/$name" >"$work/bin/$name"
        chmod +x "$work/bin/$name"
    done
}

# Only with this setting was analyze seen to come to its end here; without it two frames took longer than 50 minutes on a crowded machine.
austream_arm64() { PATH=$work/bin:$PATH "${emulator[@]}" -E DOTNET_EnableWriteXorExecute=0 "$work/app/austream" "$@"; }

run_vectors() {
    local cache=${XDG_CACHE_HOME:-$HOME/.cache}/austream/npm node_package
    node_package=$(ls -d "$cache"/onnxruntime-node-*/package)
    mkdir -p "$work/node/bin"
    cp "$node_package"/bin/napi-v6/linux/arm64/* "$work/node/bin/"
    cp "$root/eng/testing/arm64-vectors.js" "$work/node/"
    "${emulator[@]}" -E LD_LIBRARY_PATH="$work/node/bin" "$userland/usr/bin/node" "$work/node/arm64-vectors.js" \
        "$work/node/bin/onnxruntime_binding.node" "$work/app/models" "$root/tests/models/fixtures"
}

echo "== publish"
rm -rf "$work/app"
"$root/eng/containers/publish.sh" linux-arm64 "$work/app" with-dotnet
find "$work/app" \( -name '*.so*' -o -name austream \) -exec file -b {} + | cut -d, -f1,2 | sort | uniq -c
[[ -e $userland/complete ]] || make_userland
make_commands

echo "== reference vectors"
time run_vectors

# Doctor finds x64's mosquitto, and its questions to the emulated ffmpeg may take longer than it waits: its exit code says nothing here.
echo "== doctor"
time austream_arm64 doctor | tee "$work/doctor.txt" || true
grep -Eq '^ok +system .*, arm64$' "$work/doctor.txt"
grep -Eq '^ok +provider cpu' "$work/doctor.txt"
echo "== models list"
time austream_arm64 models list
echo "== models verify"
time austream_arm64 models verify

echo "== analyze, compared with x64"
# Two pictures a second of ten seconds of the demo clip: several expressions, few frames.
ffmpeg -nostdin -v error -y -i "$root/pipeline/Demonstrating/clips/demo.mp4" -t 10 -vf fps=2 -an -c:v libx264 -qp 20 "$work/clip.mp4"
"$(<"$root/artifacts/setup/dotnet")" "$root/artifacts/bin/AuStream.Pipeline/release/austream.dll" analyze "$work/clip.mp4" --out "$work/x64"
time austream_arm64 analyze "$work/clip.mp4" --out "$work/arm64"
"$root/eng/testing/compare-frames.sh" "$work/x64/frames.csv" "$work/arm64/frames.csv"
# The same events in the same order; their identifiers are random, their times differ by what the sixth digit holds.
kinds_of_events() { cut -f 3,4,8 "$work/$1/events.tsv"; }
diff <(kinds_of_events x64) <(kinds_of_events arm64)
echo "$(($(wc -l <"$work/arm64/events.tsv") - 1)) events, the same"
echo "good"
