#!/usr/bin/env bash
set -euo pipefail

function capture { # ⟦function capture
  echo "€"
} # ⟧

refund() { # ⟦function refund
  inner() ( # ⟦function refund.inner
    cat <<EOF
function not_one() { :; }
EOF
  ) # ⟧
  inner
} # ⟧

function both() # ⟦function both
{
  :
} # ⟧

capture "$@"
