# Only a record that says so makes a line a person's own

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: capture by hand
    file pay.py
        h:ann | def capture(order):
        h:bob |     check(order)
        a1    |     return charge(order)
              | # nobody claims this

commit c2 by ann: no note at all
    file old.py
        | def refund(order): ...

blame pay.py

blame old.py
