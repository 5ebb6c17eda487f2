# Runs every test suite, one after the other, and sums them up. Sourced by ./austream for "austream test".
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

# shellcheck source=eng/testing/results.sh
source "$root/eng/testing/results.sh"

results_folder=$root/artifacts/test-results
suite_limit=${AUSTREAM_SUITE_LIMIT:-900} # seconds; a suite that takes longer is ended and counts as failed

test_everything() {
    local filter=
    while (($# > 0)); do
        case $1 in
            --filter)
                [[ -n ${2:-} ]] || usage_of_test "--filter needs a part of a test's full name"
                filter=$2
                shift 2
                ;;
            --filter=?*)
                filter=${1#--filter=}
                shift
                ;;
            -h | --help)
                usage_of_test
                ;;
            *) usage_of_test "unknown argument $1" ;;
        esac
    done
    export PATH="$PATH:/usr/sbin:/sbin" DOTNET_ROOT
    DOTNET_ROOT=$(dirname -- "$(readlink -f -- "$(<"$dotnet_record")")")
    rm -rf "$results_folder"
    mkdir -p "$results_folder"
    run_suites "$filter"
    report_total "$filter"
}

usage_of_test() {
    local out=/dev/stdout code=0
    if (($# > 0)); then
        out=/dev/stderr code=2
        printf 'austream: test: %s\n' "$1" >"$out"
    fi
    printf '%s\n' 'Usage: ./austream test [--filter PART]' \
        '  Builds everything and runs all suites. PART: only tests whose full name contains it (upper and lower case matter).' >"$out"
    exit "$code"
}

run_suites() {
    local filter=$1 project name arguments
    for project in "$root"/tests/*/*.Tests.csproj; do
        name=$(basename "$project" .csproj)
        arguments=(-noLogo -noColor -noAutoReporters)
        [[ -z $filter ]] || arguments+=(-method "*$filter*")
        run_suite "$name" xunit "$root" "$root/artifacts/bin/$name/release/$name" "${arguments[@]}"
    done
    # The training code's tests, on Debian's Python, which has PyTorch.
    if compgen -G "$root/tests/training/test_*.py" >/dev/null; then
        arguments=(-m unittest discover --start-directory tests/training --top-level-directory . --verbose)
        [[ -z $filter ]] || arguments+=(-k "$filter")
        run_suite training unittest "$root" /usr/bin/python3 -B "${arguments[@]}"
    fi
}

# run_suite NAME KIND FOLDER COMMAND...: prints one line, and below it what failed and why tests were skipped.
run_suite() {
    local name=$1 kind=$2 folder=$3 log=$results_folder/$1.log status=0 began=$SECONDS
    shift 3
    printf '%-28s' "$name"
    env -C "$folder" timeout --kill-after=15 "$suite_limit" "$@" >"$log" 2>&1 </dev/null || status=$?
    read_counts "$kind" "$log" "$status"
    printf '%5d ok' "$suite_passed"
    ((suite_failed == 0)) || printf ', %d FAILED' "$suite_failed"
    ((suite_skipped == 0)) || printf ', %d skipped' "$suite_skipped"
    printf '  (%d s)\n' "$((SECONDS - began))"
    add_to_total
    if ((suite_failed > 0)); then
        if [[ -n $suite_problem ]]; then
            printf '    %s\n' "$suite_problem"
            tail -n 20 "$log" | sed 's/^/      | /'
        fi
        failures_of "$kind" "$log" | sed -e "s#$root/##g" -e 's/^/    /'
    fi
    skip_reasons_of "$kind" "$log" | sed 's/^/    skipped: /'
}

# The last line is read by machines: exactly this form, alone on its line.
report_total() {
    if ((total_passed + total_failed + total_skipped == 0)); then
        printf 'No test matches "%s".\n' "$1"
        total_failed=1
    fi
    if ((total_failed > 0)); then
        printf '\nFull output of each suite: %s\n' "$results_folder/"
    fi
    total_line
    ((total_failed == 0))
}
