# An entry whose key has no record anywhere falls to the entry before it

session a1 claude/claude-opus-4-6 asked by ann
session a2 codex/gpt-5.5 asked by bob

commit c1 by ann: payments: capture
    file pay.py
        | def capture(order):
        |     return charge(order)
        | def refund(order): ...

note on c1
    pay.py
      {a1} 1-2
      {a2} 2-3
    ---
    {records a1}

blame pay.py
    a1  recorded  c1 | def capture(order):
    a1  recorded  c1 |     return charge(order)
    ?   none      c1 | def refund(order): ...
