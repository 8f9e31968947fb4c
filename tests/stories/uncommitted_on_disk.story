# A changed file in the work tree, and one that git does not know

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: capture
    file pay.py
        a1 | def capture(order):
        a1 |     return charge(order)

disk pay.py
    | def capture(order):
    |     return charge(order, retries=3)

disk draft.py
    | print()

blame pay.py
    a1  recorded  c1 | def capture(order):
    +   none      -  |     return charge(order, retries=3)

blame draft.py
    +  none  - | print()
    (untracked)
