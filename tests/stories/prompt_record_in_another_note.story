# An old prompt key without a record in its own note is looked up in all other notes

prompt p1 cursor/claude-4.5-sonnet-thinking asked by bob
    user: Charge the card once

commit c1 by bob: payments: charge
    file charge.py
        p1 | def charge(card): ...

commit c2 by bob: payments: capture
    file pay.py
        | def capture(order): ...

note on c2
    pay.py
      {p1} 1
    ---
    {records}

blame pay.py
    p1  recorded  c2 | def capture(order): ...
