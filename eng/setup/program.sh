# Builds the program when a source is newer than the last build. Sourced by ./austream.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

program=$root/artifacts/bin/AuStream.Pipeline/release/austream.dll
build_stamp=$setup_folder/built

has_program() {
    [[ -f $build_stamp && -f $program && -s $dotnet_record && -x $(<"$dotnet_record") ]] && ! a_source_is_newer
}

# Folders count too: a file that was removed or renamed changes only its folder.
a_source_is_newer() {
    local newer
    newer=$(cd "$root" && find pipeline stages models eng/onnxruntime eng/npm-packages.lock \
        Directory.Build.props Directory.Packages.props global.json nuget.config \
        \( -path models/training -o -name bin -o -name obj -o -name __pycache__ \) -prune -o \
        -newer "$build_stamp" -print -quit || true)
    [[ -n $newer ]]
}

# build_with_stamp WHAT PROJECT: builds, and on success leaves the stamp of the moment at which the build began.
build_with_stamp() {
    local began=$setup_folder/began
    say "building $1"
    : >"$began"
    run_tool "$dotnet" build "$2" -c Release -nologo -v m || give_up_on_build "the build failed"
    mv "$began" "$build_stamp"
    printf '%s' "$dotnet" >"$dotnet_record"
}

# give_up_on_build WHAT: shows the compiler's and NuGet's errors, each once, without the noise around them.
give_up_on_build() {
    local errors
    errors=$(tac "$setup_log" | sed '/^> /q' | grep -E '(: |^)error [A-Z]*[0-9]*:' | sed -e "s#$root/##g" -e 's# \[[^]]*\]$##' |
        sort -u | head -n 20 || true)
    printf '%s\n' "${errors:-$(tail -n 15 "$setup_log")}" >&2
    give_up "$EXIT_FAILED" "$1" "Everything the tools said: $setup_log"
}
