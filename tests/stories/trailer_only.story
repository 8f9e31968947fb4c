# A trailer speaks of the whole commit: declared, and no more than that

commit c1 by ann: payments: capture
    > Capture once.
    >
    > Co-Authored-By: Claude Opus 4.6 <noreply@anthropic.com>
    file pay.py
        | def capture(order):
        |     return charge(order)

commit c2 by ann: payments: a person helped
    > Assisted-by: Bob Stone <bob@example.com>
    file refund.py
        | def refund(order): ...

blame pay.py
    ai:claude  declared  c1 | def capture(order):
    ai:claude  declared  c1 |     return charge(order)

blame refund.py
    ?  none  c2 | def refund(order): ...
