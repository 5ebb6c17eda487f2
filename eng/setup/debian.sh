# Programs and libraries that come as Debian packages. Sourced by ./austream.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

# need       package          sign that it is there                       what it is for
debian_packages='
ffmpeg       ffmpeg           program:ffmpeg                              reads video files, cameras and streams
broker       mosquitto        program:mosquitto                           is the MQTT broker that demo and run start
subscriber   mosquitto-clients  program:mosquitto_sub                     subscribes to messages (tests only)
mqtt         libmosquitto1    library:libmosquitto.so.1                   speaks MQTT
npm          npm              program:npm                                 fetches ONNX Runtime and the face models
torch        python3-torch    python:torch                                trains networks (tests only)
numpy        python3-numpy    python:numpy                                trains networks (tests only)
onnx         python3-onnx     python:onnx                                 exports networks (tests only)
openblas     libopenblas0     library:libopenblas.so.0                    makes training ten times faster (tests only)
'

# debian_row NEED: sets debian_package, debian_sign and debian_purpose; fails for a need that is not a Debian package.
debian_row() {
    local need
    while read -r need debian_package debian_sign debian_purpose; do
        [[ $need == "$1" ]] && return 0
    done <<<"$debian_packages"
    return 1
}

has_debian_need() {
    debian_row "$1" || return 1
    local kind=${debian_sign%%:*} name=${debian_sign#*:}
    case $kind in
        program) PATH=$PATH:/usr/sbin:/sbin type -P "$name" >/dev/null ;;
        library) any_file {,/usr}/lib/*-linux-gnu/"$name" {,/usr}/lib/*-linux-gnu/*/"$name" /usr/local/lib/"$name" ;;
        python) /usr/bin/python3 -c "import importlib.util, sys; sys.exit(importlib.util.find_spec('$name') is None)" 2>/dev/null ;;
    esac
}

any_file() {
    local path
    for path in "$@"; do
        [[ -e $path ]] && return 0
    done
    return 1
}

# install_debian_needs NEED...: one call of apt-get for all of them.
install_debian_needs() {
    local need packages=() as_root=()
    for need in "$@"; do
        debian_row "$need"
        packages+=("$debian_package")
    done
    local by_hand="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
    if ! type -P apt-get >/dev/null; then
        give_up "$EXIT_UNAVAILABLE" "missing: ${packages[*]} (names as in Debian), and this system has no apt-get" \
            "Install them with your system's package manager and run this again."
    fi
    if (($(id -u) != 0)); then
        if ! type -P sudo >/dev/null; then
            give_up "$EXIT_UNAVAILABLE" "missing: ${packages[*]}; installing needs root, and there is no sudo" \
                "As root, run:  $by_hand"
        elif sudo -n true 2>/dev/null; then
            as_root=(sudo -n)
        elif [[ -t 0 && -t 2 ]]; then
            say "sudo asks for your password to install Debian packages"
            as_root=(sudo)
        else
            give_up "$EXIT_UNAVAILABLE" "missing: ${packages[*]}; installing needs root, and nobody is there to type sudo's password" \
                "Run:  sudo sh -c '$by_hand'"
        fi
    fi
    for need in "$@"; do
        debian_row "$need"
        say "installing Debian's $debian_package: $debian_purpose"
    done
    # sudo may ask on the terminal, so apt-get stays in the foreground; the package lists are renewed only when they are stale.
    apt_get install "${packages[@]}" || { apt_get update && apt_get install "${packages[@]}"; } ||
        give_up "$EXIT_UNAVAILABLE" "apt-get could not install ${packages[*]}" \
            "$(grep -E '^(E|W|Err):' "$setup_log" | tail -n 1)" \
            "Everything it said: $setup_log" "By hand, as root:  $by_hand"
    for need in "$@"; do
        has_debian_need "$need" || {
            debian_row "$need"
            give_up "$EXIT_UNAVAILABLE" "Debian's $debian_package is installed, but $debian_sign is not to be found"
        }
    done
}

# apt_get VERB PACKAGE...: uses as_root of the caller.
apt_get() {
    local verb=$1 options=(-y -q -o DPkg::Lock::Timeout=300)
    shift
    [[ $verb == install ]] && options+=(--no-install-recommends)
    printf '\n> apt-get %s %s\n' "$verb" "$*" >>"$setup_log"
    if [[ -n $verbose ]]; then
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$verb" "${options[@]}" "$@" \
            > >(tee -a "$setup_log" >&2) 2>&1 {lock_descriptor}>&-
    else
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$verb" "${options[@]}" "$@" \
            >>"$setup_log" 2>&1 {lock_descriptor}>&-
    fi
}
