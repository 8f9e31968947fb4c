# The bare word `human` is a known human of whom no more is known

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: capture
    file pay.py
        | def capture(order):
        |     return charge(order)

note on c1
    pay.py
      {a1} 2
      human 1
    ---
    {records a1}

blame pay.py
    h   recorded  c1 | def capture(order):
    a1  recorded  c1 |     return charge(order)
