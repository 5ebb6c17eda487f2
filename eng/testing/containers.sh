#!/usr/bin/env bash
# Builds Dockerfile.x64's cpu target without a container engine and without a registry, runs doctor, the demo, a service and its health check in it, as the
# image's user on a read-only root, and says how large it is. Needs Debian's buildah and debootstrap, and root. Usage: containers.sh
# Base images are made here: Debian from its own mirror, the SDK from this machine's .NET. This machine's NuGet and npm caches and its certificate
# authorities are lent to the build. JOBS: compilers at once (ffmpeg). Images stay for the next run; `buildah rmi --all` removes them.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$root/artifacts/containers
mirror=${DEBIAN_MIRROR:-$(awk '/^URIs:/ { print $2; exit } /^deb / { print $2; exit }' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true)}
mirror=${mirror:-http://deb.debian.org/debian}
dotnet_root=$(dirname "$(readlink -f "$(type -P dotnet)")")
image=localhost/austream:cpu
limit_megabytes=400
health_port=${HEALTH_PORT:-19464}
export BUILDAH_ISOLATION=chroot
mkdir -p "$work"
container=
service=

finish() {
    local status=$?
    trap - EXIT
    [[ -z $service ]] || kill "$service" 2>/dev/null || true
    [[ -z $container ]] || buildah rm "$container" >/dev/null || true
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
    printf 'containers.sh: %s\n' "$*" >&2
    exit 1
}

has_image() { buildah inspect --type image "$1" >/dev/null 2>&1; }

make_debian() {
    local container
    echo "== Debian"
    rm -rf "$work/debian"
    debootstrap --variant=minbase bookworm "$work/debian" "$mirror" >"$work/debootstrap.log"
    # What an official "slim" image leaves out too.
    rm -rf "$work"/debian/var/cache/apt/archives/*.deb "$work"/debian/var/lib/apt/lists/* "$work"/debian/usr/share/{doc,man,locale,info}/*
    container=$(buildah from scratch)
    buildah add -q "$container" "$work/debian" / >/dev/null
    buildah commit -q "$container" localhost/debian:12 >/dev/null
    buildah rm "$container" >/dev/null
    rm -rf "$work/debian"
}

make_sdk() {
    local container
    echo "== .NET SDK"
    container=$(buildah from localhost/debian:12)
    buildah run "$container" -- sh -c 'apt-get update -q && apt-get install -y -q --no-install-recommends ca-certificates libssl3 libicu72' >"$work/sdk.log"
    buildah run "$container" -- sh -c 'cat >>/etc/ssl/certs/ca-certificates.crt' </etc/ssl/certs/ca-certificates.crt
    buildah add -q "$container" "$dotnet_root" /usr/share/dotnet >/dev/null
    buildah run "$container" -- ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
    buildah commit -q "$container" localhost/dotnet-sdk:10.0 >/dev/null
    buildah rm "$container" >/dev/null
}

build() {
    local cache=${XDG_CACHE_HOME:-$HOME/.cache}/austream
    echo "== build"
    mkdir -p "$cache" "$HOME/.nuget/packages"
    buildah bud --layers -f "$root/Dockerfile.x64" --target cpu -t "$image" --build-arg JOBS="${JOBS:-$(nproc)}" \
        --build-arg SDK_IMAGE=localhost/dotnet-sdk:10.0 --build-arg TOOLS_IMAGE=localhost/debian:12 --build-arg RUNTIME_IMAGE=localhost/debian:12 \
        --volume "$HOME/.nuget/packages:/root/.nuget/packages" --volume "$cache:/root/.cache/austream" "$root" >"$work/build.log" 2>&1 ||
        { tail -n 30 "$work/build.log" >&2; fail "the build failed; all it said: $work/build.log"; }
    grep -E '^(\[[0-9/]+\] )?STEP' "$work/build.log"
}

# Files of the image by part, in megabytes of 10^6 bytes.
measure() {
    local files=$1 total
    megabytes() { du -scB1 --apparent-size "$@" | awk 'END { printf "%.1f", $1 / 1e6 }'; }
    echo "== size, MB"
    printf '%8s  %s\n' \
        "$(megabytes "$files"/app/models)" "networks" \
        "$(megabytes "$files"/app/*.so)" "ONNX Runtime and SQLite" \
        "$(megabytes "$files"/app/*.dll)" "program and its libraries" \
        "$(megabytes "$files"/app/clips)" "demo clip" \
        "$(megabytes "$files"/usr/share/dotnet)" ".NET runtime" \
        "$(megabytes "$files"/usr/local/bin/ff*)" "ffmpeg and ffprobe" \
        "$(megabytes "$files"/usr/local/bin/mosquitto "$files"/usr/local/lib)" "mosquitto, and the libraries of both"
    total=$(du -sB1 --apparent-size --exclude="$files/proc" "$files" | awk '{ printf "%.1f", $1 / 1e6 }')
    printf '%8s  all, with the base image\n' "$total"
    awk -v total="$total" -v limit="$limit_megabytes" 'BEGIN { exit !(total < limit) }' || fail "the image is larger than $limit_megabytes MB"
}

# What the image's configuration has under a name, one per line.
configured() { buildah inspect --type image --format "{{range .OCIv1.Config.$1}}{{println .}}{{end}}" "$image" | sed '/^$/d'; }

# read_only FILES COMMAND...: runs it as a container engine with --read-only --tmpfs /tmp would: as the image's user, in the image's environment, every
# file of the image read-only; buildah's own "run" has no such switch.
read_only() {
    unshare --mount --pid --fork --kill-child -- bash -euc '
        files=$1 user=$2 folder=$3
        shift 3
        mount --make-rprivate /
        mount --bind "$files" "$files"
        cd "$files"
        mount --rbind /dev dev
        mount -t proc proc proc
        mount -t tmpfs -o mode=1777 tmpfs tmp
        mount -t tmpfs -o mode=755,uid="${user%:*}",gid="${user#*:}" tmpfs var/lib/austream
        mount -t tmpfs -o mode=755,uid="${user%:*}",gid="${user#*:}" tmpfs var/cache/austream
        [[ -z ${ETC_AUSTREAM:-} ]] || mount --bind -o ro "$ETC_AUSTREAM" etc/austream
        mount -o remount,bind,ro "$files"
        exec chroot --userspec="$user" --groups= "$files" /usr/bin/env -i -C "$folder" "$@"
    ' bash "$1" "$user" "$folder" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${environment[@]}" "${@:2}"
}

has_image localhost/debian:12 || make_debian
has_image localhost/dotnet-sdk:10.0 || make_sdk
build

container=$(buildah from "$image")
files=$(buildah mount "$container")
measure "$files"

user=$(buildah inspect --type image --format '{{.OCIv1.Config.User}}' "$image")
folder=$(buildah inspect --type image --format '{{.OCIv1.Config.WorkingDir}}' "$image")
mapfile -t environment < <(configured Env)
mapfile -t entrypoint < <(configured Entrypoint)
mapfile -t command < <(configured Cmd)
[[ $user == 10001:10001 ]] || fail "the image's user is '$user'"

echo "== read-only, as user $user"
read_only "$files" bash -c '[[ $(id -u) == 10001 ]] || exit 1
    for folder in / /app /etc /usr/local/bin /var/tmp; do ! touch "$folder/written" 2>/dev/null || { echo "$folder can be written"; exit 1; }; done
    touch /tmp/written /var/lib/austream/written /var/cache/austream/written'

echo "== doctor"
read_only "$files" "${entrypoint[@]}" doctor

echo "== demo"
read_only "$files" "${entrypoint[@]}" demo </dev/null

echo "== service and health check"
mkdir -p "$work/etc"
cat >"$work/etc/run.yaml" <<'YAML'
purpose: a test of the image
broker: { embedded: true }
streams:
  - { id: clip, source: /app/clips/demo.mp4, loop: true, realtime: true }
YAML
environment+=("AUSTREAM__HEALTH__PORT=$health_port")
healthy() { read_only "$files" /usr/local/bin/austream-healthcheck 2>/dev/null; }
! healthy || fail "the health check is content although nothing runs"
ETC_AUSTREAM=$work/etc read_only "$files" "${entrypoint[@]}" "${command[@]}" >"$work/service.log" 2>&1 &
service=$!
for ((second = 0; second < 120; second++)); do
    healthy && break
    kill -0 "$service" 2>/dev/null || { cat "$work/service.log" >&2; fail "the service ended"; }
    sleep 1
done
healthy || { cat "$work/service.log" >&2; fail "not healthy after $second s"; }
echo "healthy after $second s"
sleep 10
scrape() { curl -sf "http://127.0.0.1:$health_port/metrics"; }
frames=$(scrape | awk '/^austream_stream_frames_measured_total/ { sum += $2 } END { print sum + 0 }')
((frames > 0)) || { cat "$work/service.log" >&2; fail "no frame was measured"; }
echo "$frames frames measured"
# Shell, unshare, then the program as the first process of its own namespace.
kill -TERM "$(pgrep -P "$(pgrep -x unshare -P "$service")")"
wait "$service" || fail "the service ended with exit code $?"
service=
! healthy || fail "the health check is content although the service has ended"
echo "good"
