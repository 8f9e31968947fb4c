# A note says which session wrote which line
#
# One commit, one note. What the note leaves out is unknown, however many lines around it are the agent's.

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: retry captures
    file pay.py
           | import time
           |
        a1 | def capture(order):
        a1 |     return retry(order)

blame pay.py
    ?   none      c1 | import time
    ?   none      c1 |
    a1  recorded  c1 | def capture(order):
    a1  recorded  c1 |     return retry(order)
