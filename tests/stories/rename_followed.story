# A record speaks of the path its commit knew

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: capture
    file pay.py
        a1 | def capture(order):
        a1 |     check(order)
           |     return charge(order)

commit c2 by bob: move payments into a package
    rename pay.py -> shop/payments.py

commit c3 by bob: shop: log
    file shop/payments.py
              | def capture(order):
              |     check(order)
        h:bob |     log(order)
              |     return charge(order)

blame shop/payments.py
    a1     recorded  c1:pay.py | def capture(order):
    a1     recorded  c1:pay.py |     check(order)
    h:bob  recorded  c3        |     log(order)
    ?      none      c1:pay.py |     return charge(order)
