# What is typed in the editor belongs to nobody yet; the lines around it keep their records

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: capture
    file pay.py
        a1 | def capture(order):
        a1 |     return charge(order)
           | def refund(order): ...

editor pay.py
    | # typed just now
    | def capture(order):
    |     check(order)
    |     return charge(order)
    | def refund(order): ...

blame pay.py
    +   none      -  | # typed just now
    a1  recorded  c1 | def capture(order):
    +   none      -  |     check(order)
    a1  recorded  c1 |     return charge(order)
    ?   none      c1 | def refund(order): ...
