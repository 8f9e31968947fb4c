# A repository whose ids have 64 digits

format sha256

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: capture
    file pay.py
           | import time
        a1 | def capture(order): ...

commit c2 by bob: payments: refund
    > Co-authored-by: Codex <noreply@openai.com>
    file pay.py
        | import time
        | def capture(order): ...
        | def refund(order): ...

blame pay.py
    ?         none      c1 | import time
    a1        recorded  c1 | def capture(order): ...
    ai:codex  declared  c2 | def refund(order): ...
