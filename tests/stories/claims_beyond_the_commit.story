# A note claims lines its commit never wrote, and lines beyond the end: blame decides whose note is asked

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: begin
    file pay.py
        | import time
        | import log

commit c2 by ann: payments: capture
    file pay.py
        | import time
        | import log
        | def capture(order): ...

note on c2
    pay.py
      {a1} 1-9000
    gone.py
      {a1} 1-10
    ---
    {records a1}

blame pay.py
    ?   none      c1 | import time
    ?   none      c1 | import log
    a1  recorded  c2 | def capture(order): ...
