#!/usr/bin/env bash
# Builds build/banso_VERSION_amd64.deb from the release build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
./dev build
version=$(sed -n 's/^project(banso VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
tree=build/deb
rm -rf "$tree"
install -D -m 755 build/release/src/app/banso "$tree/usr/bin/banso"
install -D -m 644 tools/parts/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so "$tree/usr/lib/banso/libduckdb.so"
install -D -m 644 packaging/banso.service "$tree/lib/systemd/system/banso.service"
install -D -m 644 LICENSE "$tree/usr/share/doc/banso/copyright"
mkdir -p "$tree/usr/share/banso"
cp -r web/dist "$tree/usr/share/banso/web"
# The build tree's path to DuckDB's library means nothing elsewhere.
patchelf --set-rpath /usr/lib/banso "$tree/usr/bin/banso"
strip "$tree/usr/bin/banso"
libraries=$(objdump -p "$tree/usr/bin/banso" | awk '/NEEDED/ {print $2}' | grep -v duckdb |
  xargs -I {} sh -c 'dpkg -S "$(ldconfig -p | awk -v n={} "\$1 == n {print \$NF; exit}" | xargs readlink -f)" 2>/dev/null' |
  sed 's/:.*//' | sort -u | paste -sd, | sed 's/,/, /g')
install -d "$tree/DEBIAN"
cat >"$tree/DEBIAN/control" <<CONTROL
Package: banso
Version: $version
Architecture: amd64
Maintainer: Banso <team@banso.example>
Depends: adduser, $libraries
Section: web
Priority: optional
Description: customer success platform, self-hosted
 Shows how every customer is doing and why, in English and Japanese.
CONTROL
cat >"$tree/DEBIAN/postinst" <<'POSTINST'
#!/bin/sh
set -e
adduser --system --group --home /var/lib/banso banso >/dev/null
systemctl daemon-reload || true
POSTINST
chmod 755 "$tree/DEBIAN/postinst"
dpkg-deb --build --root-owner-group "$tree" "build/banso_${version}_amd64.deb"
