#!/bin/sh
# The browser tests need Chromium: installed through apt when root, otherwise asked for by name.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium through apt ..."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
else
  echo "The tests need a real browser. Install the package 'chromium' (Debian: sudo apt-get install chromium) and run 'make test' again." >&2
  exit 1
fi
