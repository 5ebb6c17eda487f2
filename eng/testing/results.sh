# Reads what the test runners print. Sourced by suites.sh, and by the launcher's own tests.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

total_passed=0
total_failed=0
total_skipped=0

# read_counts KIND LOG EXIT_STATUS: sets suite_passed, suite_failed, suite_skipped; and suite_problem where the runner did not
# come to its end or contradicts itself, which counts as one more failure: a suite that crashed must never look green.
read_counts() {
    local kind=$1 log=$2 status=$3
    suite_passed=0 suite_failed=0 suite_skipped=0 suite_problem=
    case $kind in
        xunit) read_xunit_counts "$log" ;;
        unittest) read_unittest_counts "$log" ;;
    esac
    if ((status == 124 || status == 137)); then
        suite_problem="did not finish in time and was ended; its last lines:"
    elif [[ -z $suite_complete ]]; then
        suite_problem="ended (exit code $status) without a summary; its last lines:"
    elif ((status != 0 && suite_failed == 0)); then
        suite_problem="exit code $status although no test failed; its last lines:"
    fi
    if [[ -n $suite_problem ]]; then
        suite_failed=$((suite_failed + 1))
    fi
}

# "   Some.Tests  Total: 5, Errors: 0, Failed: 2, Skipped: 1, Not Run: 0, Time: 0.135s", or "Total: 0" alone.
read_xunit_counts() {
    local summary total errors failed
    summary=$(grep -E '^ +[^ ]+  Total: [0-9]+' "$1" | tail -n 1 || true)
    suite_complete=$summary
    total=$(number_after 'Total: ' "$summary")
    errors=$(number_after 'Errors: ' "$summary")
    failed=$(number_after 'Failed: ' "$summary")
    suite_skipped=$(number_after 'Skipped: ' "$summary")
    suite_passed=$((total - failed - suite_skipped - $(number_after 'Not Run: ' "$summary")))
    suite_failed=$((failed + errors))
}

# "Ran 12 tests in 3.4s", then "OK (skipped=1)" or "FAILED (failures=1, errors=2, skipped=1)", or "NO TESTS RAN".
read_unittest_counts() {
    local ran verdict
    ran=$(grep -E '^Ran [0-9]+ tests? in ' "$1" | tail -n 1 || true)
    verdict=$(grep -E '^(OK|FAILED|NO TESTS RAN)( \(.*\))?$' "$1" | tail -n 1 || true)
    suite_complete=$verdict
    suite_failed=$(($(number_after 'failures=' "$verdict") + $(number_after 'errors=' "$verdict") + $(number_after 'unexpected successes=' "$verdict")))
    suite_skipped=$(number_after 'skipped=' "$verdict")
    suite_passed=$(($(number_after 'Ran ' "$ran") - suite_failed - suite_skipped))
    # An error outside of any test (a module that cannot be imported, setUpClass) is not among those that ran.
    ((suite_passed >= 0)) || suite_passed=0
}

number_after() {
    local rest=${2#*"$1"}
    if [[ $rest == "$2" ]]; then
        echo 0
    else
        echo "${rest%%[!0-9]*}"
    fi
}

add_to_total() {
    total_passed=$((total_passed + suite_passed))
    total_failed=$((total_failed + suite_failed))
    total_skipped=$((total_skipped + suite_skipped))
}

total_line() {
    printf '%d passed, %d failed' "$total_passed" "$total_failed"
    ((total_skipped == 0)) || printf ', %d skipped' "$total_skipped"
    printf '\n'
}

# failures_of KIND LOG: the runner's account of each failed test.
failures_of() {
    case $1 in
        xunit) awk '
            /^    [^ ].* \[FAIL\]$/ { shown = 1; sub(/^ +/, ""); print; next }
            /^    [^ ]/ || /^  [^ ]/ || /^[^ ]/ { shown = 0 }
            shown && !/^ +at System\.(Reflection|Runtime)\./ && !/^ +--- End of stack trace/ { sub(/^    /, ""); print }' "$2" ;;
        unittest) awk '
            /^(FAIL|ERROR): / { shown = 1 }
            /^={70}$/ || /^Ran [0-9]+ tests? in / { shown = 0 }
            shown && !/^-{70}$/ { print }' "$2" ;;
    esac
}

# skip_reasons_of KIND LOG: each reason once, with the number of tests that gave it.
skip_reasons_of() {
    case $1 in
        xunit) awk '/ \[SKIP\]$/ { reason = 1; next } reason { sub(/^ +/, ""); print; reason = 0 }' "$2" ;;
        unittest) sed -nE "s/^(.* \.\.\. )?skipped ['\"](.*)['\"]$/\2/p" "$2" ;;
    esac | sort | uniq -c | sed -E 's/^ *([0-9]+) (.*)$/\2 (\1)/'
}
