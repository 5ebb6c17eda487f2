# Messages on stderr (stdout belongs to the command), and the log that keeps what the tools say. Sourced by ./austream.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

readonly EXIT_UNAVAILABLE=69 # something that AuStream needs is missing and could not be got (EX_UNAVAILABLE)
readonly EXIT_FAILED=70      # a build, an import or a download went wrong (EX_SOFTWARE)

setup_folder=$root/artifacts/setup
setup_log=$setup_folder/setup.log
tool_process=

say() {
    printf 'austream: %s\n' "$*" >&2
}

# give_up EXIT_CODE LINE...: the first line says what is wrong, the others the remedy.
give_up() {
    local code=$1
    shift
    printf 'austream: %s\n' "$1" >&2
    shift
    local line
    for line in "$@"; do
        [[ -z $line ]] || printf '  %s\n' "$line" >&2
    done
    exit "$code"
}

# run_tool COMMAND...: runs one of the tools that setup uses, with its output in the log (and on stderr with --verbose).
# The lock's descriptor is not handed on: a build server that outlives us would keep it locked. Ctrl-C and SIGTERM reach the tool.
run_tool() {
    local status=0
    printf '\n> %(%T)T %s\n' -1 "$*" >>"$setup_log"
    trap 'stop_tool INT; exit 130' INT
    trap 'stop_tool TERM; exit 143' TERM
    if [[ -n $verbose ]]; then
        "$@" > >(tee -a "$setup_log" >&2) 2>&1 </dev/null {lock_descriptor}>&- &
    else
        "$@" >>"$setup_log" 2>&1 </dev/null {lock_descriptor}>&- &
    fi
    tool_process=$!
    wait "$tool_process" || status=$?
    tool_process=
    trap - INT TERM
    return "$status"
}

stop_tool() {
    say "interrupted; the next start goes on from here"
    if [[ -n $tool_process ]]; then
        kill -TERM "$tool_process" 2>/dev/null || true
        wait "$tool_process" 2>/dev/null || true
    fi
}
