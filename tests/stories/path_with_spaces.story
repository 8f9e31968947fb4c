# git-ai quotes a path with a space, and leaves letters beyond ASCII as they are

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: capture
    file src/order flow.py
           | import time
        a1 | def capture(order): ...
    file src/zahlung für später.py
        a1 | def später(): ...
    file src/zählen.py
        a1 | def zählen(): ...

blame src/order flow.py
    ?   none      c1 | import time
    a1  recorded  c1 | def capture(order): ...

blame src/zahlung für später.py
    a1  recorded  c1 | def später(): ...

blame src/zählen.py
    a1  recorded  c1 | def zählen(): ...
