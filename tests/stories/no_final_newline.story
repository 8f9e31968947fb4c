# The last line counts, whether or not a newline ends it

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: capture
    file pay.py
           | def capture(order):
        a1 |     return charge(order)
        \ No newline at end of file

editor pay.py
    | def capture(order):
    |     return charge(order)

blame pay.py
    ?   none      c1 | def capture(order):
    a1  recorded  c1 |     return charge(order)
