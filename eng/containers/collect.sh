#!/usr/bin/env bash
# Copies programs and the libraries that they load into a folder that a small image takes over whole. Usage: collect.sh FOLDER FILE...
# A FILE goes to FOLDER/usr/local/bin (programs) or FOLDER/usr/local/lib (libraries). Libraries that a plain image has anyway (libc, libstdc++) stay behind.
set -euo pipefail

target=$1
shift
mkdir -p "$target/usr/local/bin" "$target/usr/local/lib"

libraries_of() {
    ldd "$1" | awk '/=> \// { print $3 }' | grep -vE '/(libc|libm|libdl|librt|libpthread|ld-linux.*|libgcc_s|libstdc\+\+|libresolv)\.so'
}

for file in "$@"; do
    case $file in
        *.so*) cp -L "$file" "$target/usr/local/lib/" ;;
        *) cp -L "$file" "$target/usr/local/bin/" ;;
    esac
    for library in $(libraries_of "$file"); do
        cp -Ln "$library" "$target/usr/local/lib/"
    done
done
du -sh "$target"
