# A payments service, written by three people and two agents
#
# Some of what they did was recorded, some was only declared, and some is known to nobody. That is how
# repositories look.

person maya       Maya Okafor <maya@shop.example>
person jonas      Jonas Lindqvist <jonas@shop.example>
person priya      Priya Raman <priya@shop.example>
person github     GitHub <noreply@github.com>
person dependabot dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>

# An old note: its prompt travels inside.
prompt retry claude/claude-opus-4-5-20251101 asked by jonas
    user: When the provider times out, retry the capture up to three times instead of failing the order. Never charge a customer twice.
    assistant: Retries are only safe with an idempotency key, so I would send the order's id as one. Shall I go ahead?
    user: yes, go ahead

# Today's notes: tool, model and session, but no prompt.
session limits   claude/claude-opus-4-6 asked by priya
session checkout codex/gpt-5.5 asked by maya
session webhooks codex/gpt-5.5 asked by jonas

commit first by maya, at 2026-02-02 09:12+01:00: payments: capture and refund
    file requirements.txt
        | httpx==0.27.0
        | pydantic==2.9.2
    file payments.py
        | """Money in, money out."""
        |
        | import provider
        |
        |
        | def capture(order):
        |     receipt = provider.charge(order.card, order.total)
        |     return receipt.id
        |
        |
        | def refund(receipt, amount):
        |     return provider.refund(receipt, amount)

commit retries by jonas, at 2026-02-11 16:40+01:00: payments: retry captures that time out
    file payments.py
              | """Money in, money out."""
              |
        retry | import time
        retry |
              | import provider
              |
        retry | ATTEMPTS = 3
        retry |
              |
              | def capture(order):
        retry |     """Charge once, however often the provider times out."""
        retry |     for attempt in range(1, ATTEMPTS + 1):
        retry |         try:
        retry |             receipt = provider.charge(
        retry |                 order.card, order.total, idempotency_key=order.id
        retry |             )
        retry |             return receipt.id
        retry |         except provider.Timeout:
        retry |             if attempt == ATTEMPTS:
        retry |                 raise
        retry |             time.sleep(2**attempt)
              |
              |
              | def refund(receipt, amount):
              |     return provider.refund(receipt, amount)

commit bump by dependabot, committed by github, at 2026-02-16 05:00+00:00: Bump httpx from 0.27.0 to 0.28.1
    file requirements.txt
        | httpx==0.28.1
        | pydantic==2.9.2

commit moved by maya, at 2026-02-20 11:05+01:00: shop: payments become a package
    rename payments.py -> shop/payments.py

commit limited by priya, at 2026-03-04 14:22+01:00: payments: refuse refunds above what was captured
    file shop/payments.py
                | """Money in, money out."""
                |
                | import time
                |
                | import provider
                |
                | ATTEMPTS = 3
                |
                |
                | def capture(order):
                |     """Charge once, however often the provider times out."""
                |     for attempt in range(1, ATTEMPTS + 1):
                |         try:
                |             receipt = provider.charge(
                |                 order.card, order.total, idempotency_key=order.id
                |             )
                |             return receipt.id
                |         except provider.Timeout:
                |             if attempt == ATTEMPTS:
                |                 raise
                |             time.sleep(2**attempt)
                |
                |
                | def refund(receipt, amount):
        limits  |     """Give money back, never more than was captured."""
        limits  |     captured = provider.captured(receipt)
        limits  |     refunded = sum(provider.refunds(receipt))
        h:priya |     # Cents, as integers: the ledger rounds floats differently.
        h:priya |     if amount > captured - refunded:
        limits  |         raise ValueError("refund exceeds what is left of the capture")
                |     return provider.refund(receipt, amount)

commit pages by maya, at 2026-03-09 10:31+01:00: web: checkout button
    file web/checkout.ts
        checkout | export async function checkout(cart: Cart): Promise<Receipt> {
        checkout |   const response = await fetch("/api/capture", {
        checkout |     method: "POST",
        checkout |     body: JSON.stringify({ items: cart.items, total: cart.total }),
        checkout |   });
        checkout |   if (!response.ok) {
        h:maya   |     throw new CheckoutError(response.status, await response.text());
        checkout |   }
        checkout |   return response.json();
        checkout | }

# The branch has notes. GitHub's squash button left them behind.
commit draft by jonas, on webhooks, from pages, at 2026-03-12 09:50+01:00: webhooks: verify signatures
    file shop/webhooks.py
        webhooks | """What the provider tells us when we did not ask."""
        webhooks |
        webhooks | import hmac
        webhooks |
        webhooks |
        webhooks | def is_genuine(body, signature, secret):
        webhooks |     expected = hmac.new(secret, body, "sha256").hexdigest()
        webhooks |     return hmac.compare_digest(expected, signature)

commit squashed by jonas, committed by github, on main, at 2026-03-13 15:18+01:00: Verify webhook signatures (#41)
    > * webhooks: verify signatures
    >
    > Co-authored-by: Codex <noreply@openai.com>
    file shop/webhooks.py
        | """What the provider tells us when we did not ask."""
        |
        | import hmac
        |
        |
        | def is_genuine(body, signature, secret):
        |     expected = hmac.new(secret, body, "sha256").hexdigest()
        |     return hmac.compare_digest(expected, signature)

commit worker by maya, at 2026-03-16 09:05+01:00: worker: capture the orders that wait
    file worker.py
        | """Captures the orders that wait, one after the other."""
        |
        | import json
        | import sys
        | from types import SimpleNamespace
        |
        | from shop.payments import capture
        |
        |
        | def work(lines):
        |     for line in lines:
        |         order = SimpleNamespace(**json.loads(line))
        |         print(order.id, capture(order))
        |
        |
        | work(sys.stdin)

# Maya is not done yet.
disk shop/payments.py
    | """Money in, money out."""
    |
    | import time
    |
    | import provider
    |
    | ATTEMPTS = 3
    |
    |
    | def capture(order):
    |     """Charge once, however often the provider times out."""
    |     if order.total == 0:
    |         return None  # a voucher paid for everything
    |     for attempt in range(1, ATTEMPTS + 1):
    |         try:
    |             receipt = provider.charge(
    |                 order.card, order.total, idempotency_key=order.id
    |             )
    |             return receipt.id
    |         except provider.Timeout:
    |             if attempt == ATTEMPTS:
    |                 raise
    |             time.sleep(2**attempt)
    |
    |
    | def refund(receipt, amount):
    |     """Give money back, never more than was captured."""
    |     captured = provider.captured(receipt)
    |     refunded = sum(provider.refunds(receipt))
    |     # Cents, as integers: the ledger rounds floats differently.
    |     if amount > captured - refunded:
    |         raise ValueError("refund exceeds what is left of the capture")
    |     return provider.refund(receipt, amount)
