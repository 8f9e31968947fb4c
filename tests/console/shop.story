# A small shop: what the console transcripts in this folder are about

person dependabot dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>
person github GitHub <noreply@github.com>

prompt p1 claude/claude-opus-4-6 asked by ann
    user: When the provider times out, retry the capture up to three times. The key is sk_live_51HG8vDKj2xPmVnRqT9wYzABC.
    assistant: Shall I go ahead?
    user: yes
session a1 codex/gpt-5.6-sol asked by bob

commit c1 by ann: shop: capture
    file pay.py
        h:ann | import provider
              |
              |
              | def capture(order):
              |     return provider.charge(order)
    file requirements.txt
        | httpx==0.27.0

commit c2 by ann: pay: retry captures (#812)
    file pay.py
              | import provider
              |
              |
              | def capture(order):
        p1    |     for attempt in range(3):
        p1    |         try:
        p1    |             return provider.charge(order)
        p1    |         except provider.Timeout:
        p1    |             continue
        p1    |     raise TimeoutError

commit c3 by bob: pay: refunds
    > Co-authored-by: Cursor <cursoragent@cursor.com>
    file pay.py
        | import provider
        |
        |
        | def capture(order):
        |     for attempt in range(3):
        |         try:
        |             return provider.charge(order)
        |         except provider.Timeout:
        |             continue
        |     raise TimeoutError
        |
        |
        | def refund(order):
        |     provider.refund(order)

commit c4 by bob: pay: full refunds only
    > Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>
    file pay.py
           | import provider
           |
           |
           | def capture(order):
           |     for attempt in range(3):
           |         try:
           |             return provider.charge(order)
           |         except provider.Timeout:
           |             continue
           |     raise TimeoutError
           |
           |
           | def refund(order):
        a1 |     check_is_whole(order)
           |     provider.refund(order)

commit c5 by dependabot, committed by github: Bump httpx from 0.27.0 to 0.28.1
    file requirements.txt
        | httpx==0.28.1

disk pay.py
    | import provider
    |
    |
    | def capture(order):
    |     for attempt in range(3):
    |         try:
    |             return provider.charge(order)
    |         except provider.Timeout:
    |             continue
    |     raise TimeoutError
    |
    |
    | def refund(order):
    |     check_is_whole(order)
    |     provider.refund(order)
    |     log(order)

disk notes.md
    | # Notes
