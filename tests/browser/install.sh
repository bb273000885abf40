#!/bin/sh
# Finds a Chromium for the browser tests; on Debian and Ubuntu, installs one where there is none.
set -eu

found() {
    for name in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome; do
        if command -v "$name" >/dev/null 2>&1; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

if path=$(found); then
    echo "browser tests use $path"
    exit 0
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root=no; fi
fi
if [ "$as_root" = no ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "no Chromium for the browser tests: install chromium (or Google Chrome), or name one in CHROMIUM;" >&2
    echo "'make check' runs everything else without one" >&2
    exit 1
fi

echo "installing Chromium for the browser tests"
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core
path=$(found) || { echo "apt-get installed chromium, but it is not on the PATH: name it in CHROMIUM" >&2; exit 1; }
echo "browser tests use $path"
