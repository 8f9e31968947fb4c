#!/usr/bin/env bash
# Installs the browser, the two other editors and what they need, where apt is there and we may.
# Status 3: this machine has no such editors and we cannot bring them. It is said what is missing.
set -euo pipefail
cd "$(dirname "$0")"
CANNOT=3

has() {
  emacs --batch --eval "(progn (package-initialize) (require '$1))" >/dev/null 2>&1
}

missing() {
  ./find-browser >/dev/null || printf '%s ' chromium fonts-dejavu-core
  command -v rg >/dev/null || printf '%s ' ripgrep
  command -v nvim >/dev/null || printf '%s ' neovim
  command -v emacs >/dev/null || printf '%s ' emacs-nox
  # Emacs 29 and later bring eglot.
  has eglot || printf '%s ' elpa-eglot
  has lsp-mode || printf '%s ' elpa-lsp-mode
}

read -r -a wanted <<<"$(missing)"
[ ${#wanted[@]} -gt 0 ] || exit 0
echo "installing ${wanted[*]}" >&2
../../../.ci/install "${wanted[@]}" >&2 || true
read -r -a wanted <<<"$(missing)"
[ ${#wanted[@]} -gt 0 ] || exit 0
echo "The editor checks need ${wanted[*]} (Debian's names), and they could not be installed here." >&2
exit $CANNOT
