# Both sides of a merge keep their records; the merge commit's own note speaks only of the conflict it resolved

session a1 claude/claude-opus-4-6 asked by ann
session a2 codex/gpt-5.5 asked by bob

commit c1 by ann: begin
    file pay.py
        | def capture(order):
        |     return charge(order)

commit s1 by bob, on side, from c1: log captures
    file pay.py
        a2 | import log
           | def capture(order):
           |     return charge(order)

commit c2 by ann, on main: check first
    file pay.py
           | def capture(order):
        a1 |     check(order)
           |     return charge(order)

commit c3 by ann, merging s1: Merge branch 'side'
    file pay.py
              | import log
              | def capture(order):
              |     check(order)
        h:ann |     log.info(order)
              |     return charge(order)

blame pay.py
    a2     recorded  s1 | import log
    ?      none      c1 | def capture(order):
    a1     recorded  c2 |     check(order)
    h:ann  recorded  c3 |     log.info(order)
    ?      none      c1 |     return charge(order)
