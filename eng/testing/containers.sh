#!/usr/bin/env bash
# Builds Dockerfile.x64's cpu target without a container engine and without a registry, and runs doctor and the demo in it. Needs Debian's buildah and
# debootstrap, and root. Usage: containers.sh [TARGET]
# Base images are made here: Debian from its own mirror, the SDK from this machine's .NET. This machine's NuGet and npm caches are lent to the build.
set -euo pipefail

target=${1:-cpu}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$root/artifacts/containers
mirror=${DEBIAN_MIRROR:-$(awk '/^URIs:/ { print $2; exit } /^deb / { print $2; exit }' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null)}
dotnet_root=$(dirname "$(readlink -f "$(type -P dotnet)")")
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
mkdir -p "$work"

has_image() { buildah inspect --type image "$1" >/dev/null 2>&1; }

if ! has_image localhost/debian:12; then
    echo "== Debian"
    rm -rf "$work/debian"
    debootstrap --variant=minbase bookworm "$work/debian" "$mirror" >"$work/debootstrap.log"
    # What an official "slim" image leaves out too.
    rm -rf "$work"/debian/var/cache/apt/archives/*.deb "$work"/debian/var/lib/apt/lists/* "$work"/debian/usr/share/{doc,man,locale,info}/*
    container=$(buildah from scratch)
    buildah add -q "$container" "$work/debian" / >/dev/null
    buildah commit -q "$container" localhost/debian:12 >/dev/null
    buildah rm "$container" >/dev/null
fi
if ! has_image localhost/dotnet-sdk:10.0; then
    echo "== .NET SDK"
    container=$(buildah from localhost/debian:12)
    buildah add -q "$container" "$dotnet_root" /usr/share/dotnet >/dev/null
    buildah run "$container" -- ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
    buildah commit -q "$container" localhost/dotnet-sdk:10.0 >/dev/null
    buildah rm "$container" >/dev/null
fi

echo "== build"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/austream
time buildah bud --layers -q -f "$root/Dockerfile.x64" --target "$target" -t "localhost/austream:$target" \
    --build-arg SDK_IMAGE=localhost/dotnet-sdk:10.0 --build-arg TOOLS_IMAGE=localhost/debian:12 --build-arg RUNTIME_IMAGE=localhost/debian:12 \
    --volume "$HOME/.nuget/packages:/root/.nuget/packages" --volume "$cache:/root/.cache/austream" "$root"
buildah images --filter "reference=localhost/austream"

echo "== run, as user 10001"
container=$(buildah from "localhost/austream:$target")
trap 'buildah rm "$container" >/dev/null' EXIT
austream() { buildah run "$container" -- /usr/share/dotnet/dotnet /app/austream.dll "$@"; }
austream doctor
austream demo
