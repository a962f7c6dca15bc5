#!/bin/sh
# Sees that the browser journeys have a Chromium and Chinese letters; installs Debian's packages when it may.
set -e
wanted=""
command -v chromium >/dev/null 2>&1 || wanted="chromium"
ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 || wanted="$wanted fonts-noto-cjk"
[ -n "$wanted" ] || exit 0
as_root=""
if [ "$(id -u)" != 0 ]; then
    as_root="sudo -n"
    $as_root true 2>/dev/null || as_root="refused"
fi
if [ "$as_root" = "refused" ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The browser tests need:$wanted — install with: sudo apt-get install chromium fonts-noto-cjk" >&2
    exit 1
fi
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted
