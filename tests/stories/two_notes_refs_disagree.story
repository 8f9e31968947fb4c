# The local notes lead where a remote's copy of them tells something else of one commit

session a1 claude/claude-opus-4-6 asked by ann
session a2 codex/gpt-5.5 asked by bob

commit c1 by ann: payments: capture
    file pay.py
        a1 | def capture(order):
        a1 |     return charge(order)

note on c1 in refs/notes/ai-remote/origin
    pay.py
      {a2} 1
      {a1} 2
    ---
    {records a1 a2}

blame pay.py
    a1 (not a2)  recorded  c1 | def capture(order):
    a1           recorded  c1 |     return charge(order)
