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
    h:ann  recorded  c1 | def capture(order):
    h:bob  recorded  c1 |     check(order)
    a1     recorded  c1 |     return charge(order)
    ?      none      c1 | # nobody claims this

blame old.py
    ?  none  c2 | def refund(order): ...
