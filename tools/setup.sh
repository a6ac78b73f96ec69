# shellcheck shell=bash
# What the commands of this repository share: getting a machine ready. Source it from the repository's root.
#
# Each step says what it does, does nothing when its work is done already, and stops the command if it fails.

say() { printf '\n==> %s\n' "$*"; }

# Run as root: directly, or through sudo.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# What building attain and its Python package needs, as Debian packages.
build_packages=(g++ cmake ninja-build ccache nlohmann-json3-dev libboost-serialization-dev libexpat1-dev libsqlite3-dev libssl-dev python3 python3-venv python3-dev)

# need_packages NAME...: Debian packages, those that are missing. Elsewhere the tools must be there already.
need_packages() {
  if ! command -v apt-get >/dev/null; then
    say "This system has no apt-get; needed are the likes of: $*"
    return
  fi
  local missing=() package
  for package in "$@"; do
    if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
      missing+=("$package")
    fi
  done
  if [ "${#missing[@]}" -gt 0 ]; then
    say "Installing system packages: ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
}

# The system's own Python if it is new enough, since the package python3-dev belongs to it; otherwise the first that is.
find_python() {
  local candidate
  for candidate in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  echo "attain needs Python 3.11 or later" >&2
  return 1
}

# need_environment FILE...: the virtual environment .venv with the packages of these requirement files; $python is its Python.
need_environment() {
  local stamp=.venv/installed system_python wanted
  if [ ! -x .venv/bin/python ]; then
    system_python=$(find_python)
    say "Making a virtual environment in .venv with $system_python"
    "$system_python" -m venv .venv
  fi
  python=$PWD/.venv/bin/python
  wanted=$(cat "$@" | sha256sum)
  if ! grep -qsxF "$wanted" "$stamp"; then
    say "Installing Python packages into .venv: $*"
    local file requirements=()
    for file in "$@"; do
      requirements+=(--requirement "$file")
    done
    "$python" -m pip install --quiet --disable-pip-version-check "${requirements[@]}"
    echo "$wanted" >>"$stamp"
  fi
}

# pip install . with $python, with the build tools that are there, so that only what changed is compiled again.
install_attain() {
  say "Installing attain (the first time, its C++ is compiled)"
  "$python" -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps .
}

# use_ccache: compile through ccache where there is one. What two build trees compile alike is compiled once.
use_ccache() {
  if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_NOHASHDIR=true
  fi
}
