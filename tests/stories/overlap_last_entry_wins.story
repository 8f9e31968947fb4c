# Where two entries claim one line, the last one wins

session a1 claude/claude-opus-4-6 asked by ann
session a2 codex/gpt-5.5 asked by bob

commit c1 by ann: payments: capture
    file pay.py
        | def capture(order):
        |     check(order)
        |     return charge(order)

note on c1
    pay.py
      {a1} 1-3
      {a2} 2
    ---
    {records a1 a2}

blame pay.py
    a1  recorded  c1 | def capture(order):
    a2  recorded  c1 |     check(order)
    a1  recorded  c1 |     return charge(order)
