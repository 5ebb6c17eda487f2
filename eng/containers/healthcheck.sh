#!/usr/bin/env bash
# Exit code 0 when /livez answers 200. Uses no program but bash, so that small images need none.
set -euo pipefail
port=${AUSTREAM__HEALTH__PORT:-9464}
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /livez HTTP/1.0\r\n\r\n' >&3
read -r -t 5 -u 3 answer
[[ $answer == *" 200 "* ]]
