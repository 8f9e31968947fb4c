# A remote's tracking copy of the notes is as good when there is no other

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: capture
    file pay.py
        | def capture(order):
        |     return charge(order)

note on c1 in refs/notes/ai-remote/origin
    pay.py
      {a1} 2
    ---
    {records a1}

blame pay.py
    ?   none      c1 | def capture(order):
    a1  recorded  c1 |     return charge(order)
