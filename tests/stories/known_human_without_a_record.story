# The key of a known human says human by itself; the name may stand in another note

person cay Cay Horst <cay@example.com>

commit c1 by ann: payments: charge
    file charge.py
        h:ann | def charge(card): ...

commit c2 by bob: payments: capture
    file pay.py
        | def capture(order):
        |     return charge(order)

note on c2
    pay.py
      {h:ann} 1
      {h:cay} 2
    ---
    {records}

blame pay.py
    h:ann  recorded  c2 | def capture(order):
    h      recorded  c2 |     return charge(order)
