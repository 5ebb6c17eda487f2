#!/usr/bin/env bash
# Compares two frames.csv of the same recording: the same frames and faces, action units the same but for a tolerance.
# Usage: compare-frames.sh EXPECTED ACTUAL [INTENSITY [PIXELS [RADIANS]]]. Prints the largest differences; exit code 1 when one is larger than allowed.
set -euo pipefail

awk -F, -v intensity="${3:-0.05}" -v pixels="${4:-0.5}" -v radians="${5:-0.01}" '
    function kind_of(name) {
        if (name ~ /^AU[0-9]+_r$/) return "intensity"
        if (name ~ /^AU[0-9]+_c$/) return "presence"
        if (name ~ /^face_(x|y|width|height)$/) return "pixels"
        if (name ~ /^pose_R/) return "radians"
        return name == "confidence" ? "confidence" : "same"
    }
    function complain(text) { if (complaints++ < 10) print text }
    FNR == 1 && NR == 1 { for (i = 1; i <= NF; i++) { name[i] = $i; kind[i] = kind_of($i) } columns = NF; header = $0; next }
    FNR == 1 { if ($0 != header) complain("the columns differ"); next }
    NR == FNR { expected[FNR] = $0; rows = FNR; next }
    {
        actual_rows = FNR
        if (!(FNR in expected)) { complain("row " FNR " is only in the second file"); next }
        split(expected[FNR], wanted, ",")
        for (i = 1; i <= columns; i++) {
            if (kind[i] == "same") {
                if ($i != wanted[i]) complain("row " FNR ", " name[i] ": " $i " instead of " wanted[i])
                continue
            }
            difference = $i - wanted[i]
            if (difference < 0) difference = -difference
            if (kind[i] == "presence") { decisions++; changed += difference != 0 }
            else { if (difference > largest[kind[i]]) { largest[kind[i]] = difference; where[kind[i]] = "row " FNR ", " name[i] } }
            if (kind[i] == "intensity" && wanted[i] > strongest) strongest = wanted[i]
        }
    }
    END {
        if (rows < 2) complain("nothing to compare")
        if (rows != actual_rows) complain("the first file has " rows - 1 " rows, the second " actual_rows - 1)
        allowed["intensity"] = intensity; allowed["pixels"] = pixels; allowed["radians"] = radians; allowed["confidence"] = 0.01
        printf "%d rows, intensities up to %.2f\n", rows - 1, strongest
        for (unit in allowed) {
            printf "largest difference, %-10s %.4f (allowed %g)%s\n", unit ":", largest[unit], allowed[unit], where[unit] == "" ? "" : " at " where[unit]
            if (largest[unit] > allowed[unit]) complain("too large")
        }
        printf "decisions that differ: %d of %d\n", changed, decisions
        exit complaints > 0
    }' "$1" "$2"
