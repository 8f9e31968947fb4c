# A note that breaks the grammar says nothing, and takes nothing else with it

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: capture
    > Co-authored-by: Claude <noreply@anthropic.com>
    file pay.py
        | def capture(order): ...

note on c1
    pay.py
      {a1} 1
    and then it breaks off

commit c2 by ann: payments: refund
    file pay.py
           | def capture(order): ...
        a1 | def refund(order): ...

blame pay.py
    ai:claude  declared  c1 | def capture(order): ...
    a1         recorded  c2 | def refund(order): ...
