#!/usr/bin/env bash
# How many streams a machine carries: runs "bench --streams N --live RATE" and prints the table for docs/operating.md.
# Usage: streams.sh [SECONDS [CLIP]]. A row is good when under 1 % of the frames are dropped.
set -euo pipefail

seconds=${1:-20}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
clip=${2:-$root/pipeline/Demonstrating/clips/demo.mp4}
program=$root/artifacts/bin/AuStream.Pipeline/release/austream.dll

printf '| cores | streams | frames/s each | measured frames/s | dropped | p50 ms | p95 ms | RSS MiB |\n|---|---|---|---|---|---|---|---|\n'
for rate in ${RATES:-15 30}; do
    for streams in ${STREAMS:-1 2 4 8}; do
        dotnet "$program" bench "$clip" --streams "$streams" --live "$rate" --seconds "$seconds" --json |
            python3 -c '
import json, os, sys
r = json.load(sys.stdin)
total = r["frames"] + r["dropped"]
print("| %d | %d | %g | %.1f | %.1f %% | %.0f | %.0f | %.0f |" % (len(os.sched_getaffinity(0)), r["streams"], r["live_fps"], r["fps"],
      100 * r["dropped"] / max(1, total), r["latency_ms"]["p50"], r["latency_ms"]["p95"], r["end_rss_mb"]))'
    done
done
