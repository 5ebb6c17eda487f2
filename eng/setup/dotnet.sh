# Finds the .NET SDK. Sourced by ./austream.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

dotnet=
dotnet_record=$setup_folder/dotnet # the path of the dotnet that built the program, for the quick start

# find_dotnet: sets dotnet to one that has the SDK that global.json asks for, on PATH or where its installers put it.
find_dotnet() {
    local candidate wanted found=
    wanted=$(sed -nE 's/.*"version" *: *"([0-9]+\.[0-9]+)\..*/\1/p' "$root/global.json")
    for candidate in "$(type -P dotnet || true)" "${DOTNET_ROOT:-/nowhere}/dotnet" "${HOME:-/nowhere}/.dotnet/dotnet" \
        /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
        [[ -x $candidate ]] || continue
        found+=$("$candidate" --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ' || true)
        if [[ " $found" == *" $wanted."* ]]; then
            dotnet=$candidate
            export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
            # Builds leave no server behind, and need no ICU library.
            export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
            return
        fi
    done
    found=$(tr ' ' '\n' <<<"$found" | sort -u | tr '\n' ' ')
    give_up "$EXIT_UNAVAILABLE" "the .NET $wanted SDK is missing (found:${found:- none at all})" \
        "It builds AuStream. Debian 12 does not carry it; either" \
        "  add Microsoft's package feed for Debian, then:  sudo apt-get install dotnet-sdk-$wanted" \
        "  or, without root, use Microsoft's script:       dotnet-install.sh --channel $wanted" \
        "and run this again. Step by step: docs/install.md"
}
