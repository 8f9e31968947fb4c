# A commit whose author is an agent: authored

person cursor Cursor Agent <cursoragent@cursor.com>
person employee Ashwin Rao <ashwin@anthropic.com>

commit c1 by cursor: payments: capture
    file pay.py
        | def capture(order):

# A vendor's employee is no agent.
commit c2 by employee: payments: charge
    file pay.py
        | def capture(order):
        |     return charge(order)

blame pay.py
    ai:cursor  authored  c1 | def capture(order):
    ?          none      c2 |     return charge(order)
