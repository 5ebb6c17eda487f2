#!/usr/bin/env bash
# Eight live streams for half an hour, one camera dying every minute: are the others untouched, does memory stay flat, is no process left?
# Usage: soak.sh [MINUTES [STREAMS [FRAMES_PER_SECOND [PROGRAM]]]]. Needs ffmpeg, mosquitto, curl. Prints a table and fails when a bound is broken.
# Cameras are ffmpeg processes that send MPEG-TS over TCP; a camera that dies is killed and comes back after a second. Before the first death come
# SOAK_CALM (3) minutes without one. What other work the machine does changes from minute to minute, so the others are judged within each minute: their
# latency in the half that begins with the death (killed, missing, back again) against the half after it.
set -euo pipefail

minutes=${1:-30}
streams=${2:-8}
rate=${3:-5}
calm=${SOAK_CALM:-3}
interval=${SOAK_INTERVAL:-60}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=${4:-$root/artifacts/bin/AuStream.Pipeline/release/austream.dll}
clip=$root/pipeline/Demonstrating/clips/demo.mp4
work=$(mktemp -d)
first_port=${SOAK_PORT:-18700}
health_port=$((first_port - 1))
declare -A camera_process

finish() {
    local status=$?
    trap - EXIT
    kill "${camera_process[@]}" "${service:-}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# One encoding for all cameras beforehand: the machine should be busy with measuring, not with pretending.
ffmpeg -nostdin -v error -i "$clip" -vf "fps=$rate" -an -c:v libx264 -preset veryfast -tune zerolatency -g "$rate" "$work/camera.ts"

start_camera() {
    (while :; do
        ffmpeg -nostdin -v quiet -re -stream_loop -1 -fflags +genpts -i "$work/camera.ts" -c copy -f mpegts "tcp://127.0.0.1:$((first_port + $1))?listen=1" &
        trap 'kill $! 2>/dev/null; exit 0' TERM
        wait $! || true
        sleep 1
    done) 2>/dev/null &
    camera_process[$1]=$!
}

{
    echo "purpose: a soak test"
    echo "state_folder: $work/state"
    echo "health: { port: $health_port }"
    echo "broker: { prefix: soak }"
    echo "streams:"
    for ((i = 0; i < streams; i++)); do
        start_camera "$i"
        echo "  - { id: cam-$i, source: 'tcp://127.0.0.1:$((first_port + i))', stall_seconds: 5 }"
    done
} >"$work/run.yaml"

dotnet "$program" run --config "$work/run.yaml" >"$work/service.log" 2>&1 &
service=$!

metrics() { curl -sf "http://127.0.0.1:$health_port/metrics"; }
for ((i = 0; i < 60; i++)); do
    metrics >/dev/null 2>&1 && break
    kill -0 "$service" 2>/dev/null || { cat "$work/service.log"; exit 1; }
    sleep 1
done

# 95th percentile of the latency of the streams that were left alone, over one interval, in milliseconds: from the difference of two scrapes, to the upper
# bound of the histogram's bucket.
latency() {
    awk -v dead="$3" '
        FNR == 1 { file++ }
        /^austream_stream_latency_seconds_bucket/ {
            match($1, /stream="[^"]*"/); stream = substr($1, RSTART + 8, RLENGTH - 9)
            match($1, /le="[^"]*"/); bound = substr($1, RSTART + 4, RLENGTH - 5)
            if (stream == dead) next
            sum[bound] += file == 1 ? -$2 : $2
            if (!(bound in order)) { order[bound] = ++count; bounds[count] = bound }
        }
        END {
            total = sum["+Inf"]
            for (i = 1; i <= count; i++) if (total > 0 && sum[bounds[i]] >= 0.95 * total) { print bounds[i] == "+Inf" ? 99999 : bounds[i] * 1000; exit }
            print 0
        }' "$1" "$2"
}
# What a counter of the streams that were left alone rose by, over one interval.
rise() {
    awk -v name="$3" -v dead="stream=\"$4\"" '
        FNR == 1 { file++ }
        index($1, name) == 1 && !index($1, dead) { sum += file == 1 ? -$2 : $2 }
        END { printf "%.0f\n", sum }' "$1" "$2"
}
median() { sort -n | awk '{ value[NR] = $1 } END { print NR ? value[int((NR + 1) / 2)] : 0 }'; }
value() { awk -v name="$2" '$1 ~ "^" name { sum += $2 } END { printf "%.0f\n", sum }' "$1"; }
children() { ps -o stat= --ppid "$service" 2>/dev/null | awk '{ zombies += /^Z/ } END { print NR, zombies + 0 }'; }

printf '%6s %-6s %10s %10s %13s %14s %8s %10s %8s %7s %5s\n' minute died p95_first p95_second others_frames others_dropped rss_MiB reconnects children zombies load
sleep 15
metrics >"$work/before"
first_memory=
failures=0
for ((minute = 1; minute <= calm + minutes; minute++)); do
    victim=none
    if ((minute > calm)); then
        victim=cam-$(((minute - calm - 1) % streams))
        pkill -KILL -P "${camera_process[${victim#cam-}]}" ffmpeg || true
    fi
    sleep "$((interval / 2))"
    metrics >"$work/middle"
    sleep "$((interval - interval / 2))"
    metrics >"$work/after"
    first_half=$(latency "$work/before" "$work/middle" "$victim")
    second_half=$(latency "$work/middle" "$work/after" "$victim")
    if [[ $victim != none ]]; then
        echo "$first_half" >>"$work/first"
        echo "$second_half" >>"$work/second"
    fi
    memory=$(($(value "$work/after" process_resident_memory_bytes) / 1048576))
    first_memory=${first_memory:-$memory}
    read -r process_count zombies <<<"$(children)"
    printf '%6d %-6s %7s ms %7s ms %13d %14d %8d %10d %8d %7d %5s\n' "$minute" "${victim/none/-}" "$first_half" "$second_half" \
        "$(rise "$work/before" "$work/after" austream_stream_frames_measured_total "$victim")" \
        "$(rise "$work/before" "$work/after" austream_stream_frames_dropped_total "$victim")" \
        "$memory" "$(value "$work/after" austream_stream_reconnects_total)" "$process_count" "$zombies" "$(cut -d' ' -f1 /proc/loadavg)"
    ((zombies == 0)) || failures=$((failures + 1))
    mv "$work/after" "$work/before"
done
if ((minutes > 0)); then
    first_median=$(median <"$work/first")
    second_median=$(median <"$work/second")
    echo "median of the others' p95: $first_median ms in the halves with a death, $second_median ms in the halves after it"
    # The histogram's buckets double: one further is within its resolution.
    awk -v first="$first_median" -v second="$second_median" 'BEGIN { exit !(first <= 2.5 * second) }' || { echo "the others were slower"; failures=$((failures + 1)); }
fi
if ((memory > first_memory + 100)); then
    echo "memory grew from $first_memory to $memory MiB"
    failures=$((failures + 1))
fi
# A background process of a script ignores SIGINT.
kill -TERM "$service"
wait "$service" || { echo "the service ended with exit code $?"; failures=$((failures + 1)); }
((failures == 0)) && echo "good"
exit "$((failures > 0))"
