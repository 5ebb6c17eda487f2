# Finds the .NET SDK. Sourced by ./austream.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

dotnet=
dotnet_record=$setup_folder/dotnet # the path of the dotnet that built the program, for the quick start

# find_dotnet: sets dotnet to one that has the SDK that global.json asks for, on PATH or where its installers put it.
find_dotnet() {
    local candidate sdks=none
    for candidate in "$(type -P dotnet || true)" "${DOTNET_ROOT:-/nowhere}/dotnet" "${HOME:-/nowhere}/.dotnet/dotnet" \
        /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
        [[ -x $candidate ]] || continue
        sdks=$("$candidate" --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ' || true)
        if [[ " $sdks" == *" 10.0."* ]]; then
            dotnet=$candidate
            export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
            # Builds leave no server behind, and need no ICU library.
            export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
            return
        fi
    done
    give_up "$EXIT_UNAVAILABLE" "the .NET 10 SDK is missing (found: ${sdks:-none})" \
        "It builds AuStream. Debian 12 does not carry it; either" \
        "  add Microsoft's package feed for Debian, then:  sudo apt-get install dotnet-sdk-10.0" \
        "  or, without root, use Microsoft's script:       dotnet-install.sh --channel 10.0" \
        "and run this again. Step by step: docs/install.md"
}
