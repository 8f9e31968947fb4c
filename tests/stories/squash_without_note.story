# A squash merge on the server leaves the note behind, on a commit that main does not reach

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: begin
    file pay.py
        | import time

commit f1 by ann, on feature, from c1: payments: capture
    file pay.py
           | import time
        a1 | def capture(order): ...

commit c2 by ann, on main: payments: capture (#12)
    > Co-authored-by: Claude <noreply@anthropic.com>
    file pay.py
        | import time
        | def capture(order): ...

blame pay.py
    ?   none     c1 | import time
    a1  carried  c2 | def capture(order): ...
