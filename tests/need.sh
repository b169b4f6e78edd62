#!/bin/sh
# What this machine must have, asked before anything is fetched: for the tests, with the word `book`
# for the book alone, or with `proof` for `make prove`. Root gets the packages through apt; otherwise all
# that is missing is named at once.
set -u
cd "$(dirname "$0")/.." || exit 1
what=${1:-tests}
python=${PYTHON:-python3}
tmp=${TMPDIR:-/tmp}
home=${HOME:-}
root=no
[ "$(id -u)" = 0 ] && root=yes
# on Debian an ordinary user's PATH has neither ldconfig nor nginx
PATH=$PATH:/usr/sbin:/sbin

has() { command -v "$1" >/dev/null 2>&1; }

# Print Debian's names of the packages that are missing.
packages() {
  has "$python" || echo "${python##*/}"
  case $asked in *venv*) ;; *) echo "${python##*/}-venv" ;; esac
  [ "$what" != book ] || return
  has chromium || echo chromium
  has firefox-esr || has firefox || echo firefox-esr
  has bwrap || echo bubblewrap
  ldconfig -p 2>/dev/null | grep -q 'libseccomp\.so\.2' || echo libseccomp2
  has setpriv && has unshare || echo util-linux
  has initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
  has nginx || echo nginx
  has zimwriterfs && has zimcheck || echo zim-tools
  has java || echo default-jre-headless
  [ "$what" = proof ] || return
  has WebKitWebDriver || echo webkit2gtk-driver
  has Xvfb || echo xvfb
  has kiwix-serve || echo kiwix-tools
}

# Does a folder take a program, and run it?
takes() {
  probe=$(mktemp "$1/.need.XXXXXX" 2>/dev/null) || return
  { echo '#!/bin/sh' >"$probe" && chmod +x "$probe" && "$probe"; } 2>/dev/null
  ran=$?
  rm -f "$probe"
  return $ran
}

# Does a seal hold here, as the tests make one? (As root, an ordinary user makes it in turn.)
seals() {
  set -- unshare --pid true
  if has bwrap; then
    set -- bwrap --unshare-all --uid 0 --gid 0 --cap-add CAP_SYS_ADMIN --ro-bind / / \
      --proc /proc --dev /dev --chdir / "$@"
  else
    set -- unshare --user --map-root-user --mount "$@"
  fi
  if [ $root = yes ]; then
    set -- setpriv --reuid 1900000000 --regid 1900000000 --clear-groups "$@"
    has bwrap && set -- bwrap --dev-bind / / --chdir / "$@"
  fi
  "$@" 2>&1
}

# Print what no package mends, a line each.
matters() {
  case $asked in
    *older*) echo "Python 3.11 or newer: $python is older (make PYTHON=python3.12 takes another)" ;;
  esac
  takes . || echo "a folder where you may write and run programs: $PWD is none"
  for made in .tools .venv node_modules _build; do
    [ ! -e $made ] || [ -w $made ] || echo "$PWD/$made to be yours: remove what another user made"
  done
  [ -d "$home" ] && [ -w "$home" ] || echo "a home where you may write: HOME='$home' is none"
  takes "$tmp" || echo "a place for temporary programs: $tmp is none (TMPDIR=... takes another)"
  # in GB; what lies on one disk adds up
  here=3 there=1
  [ ! -e .venv/.dev ] || here=1
  # the platforms of others, which the proof installs there
  [ "$what" != proof ] || there=2
  [ "$what" != book ] || { here=1 there=0; }
  df -Pk . "$tmp" 2>/dev/null | awk -v here=$here -v there=$there '
    NR > 1 { need[$6] += NR == 2 ? here : there; free[$6] = $4 / 1048576 }
    END { for (disk in need) if (free[disk] < need[disk])
      printf "%d GB free on the disk %s: there are %.1f\n", need[disk], disk, free[disk] }'
  [ "$what" != book ] || return
  [ $root = no ] || id nobody >/dev/null 2>&1 || echo "the user nobody, for root to run PostgreSQL"
  has setpriv && has unshare || return
  said=$(seals) || echo "namespaces for every user, as autograder/SEALING.md says:" \
    "$(echo "$said" | tail -n 1)"
}

# Say all that is missing, and end.
refuse() {
  echo "Four Ps needs for the $what what is not here:"
  [ -z "$lacking" ] || echo "  - packages. On Debian or Ubuntu, as root: apt-get install $lacking"
  [ -z "$wrong" ] || echo "$wrong" | sed 's/^/  - /'
  echo "When all of it is there, run make again."
  exit 1
} >&2

look() {
  asked=$("$python" -c '
import sys
print("older" if sys.version_info < (3, 11) else "new")
import ensurepip, venv
print("venv")' 2>/dev/null)
  # joined by spaces
  lacking=$(echo $(packages))
  wrong=$(matters)
  [ -z "$lacking$wrong" ]
}

look && exit 0
if [ -n "$wrong" ] || [ $root = no ] || ! has apt-get; then refuse; fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
case " $lacking " in
  # Debian has it without windows too, which nobody sees here and which take a third of its time
  *" chromium "*) apt-cache show chromium-headless-shell >/dev/null 2>&1 &&
    lacking="$lacking chromium-headless-shell" ;;
esac
echo "Installing through apt: $lacking ..."
# shellcheck disable=SC2086 # one word a package
apt-get install -y -qq $lacking >/dev/null
look || refuse
