#!/bin/sh
# Locks every dependency with hashes, for all platforms and Python 3.11 or newer, naming no host.
set -eu
uv=$1
compile() { "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header "$@"; }
compile pyproject.toml --extra dev --no-emit-package fourps -o requirements/dev.txt
printf 'editables\nhatchling\n' | compile pyproject.toml - --extra book -c requirements/dev.txt -o requirements/book.txt
printf 'uv\n' | compile - -o requirements/uv.txt
