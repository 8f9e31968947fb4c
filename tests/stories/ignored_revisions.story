# A reformatting that the repository asks blame to ignore does not take the lines from who wrote them

session a1 claude/claude-opus-4-6 asked by ann

config
    [blame]
    	ignoreRevsFile = .git-blame-ignore-revs

commit c1 by ann: payments: capture
    file pay.py
        a1 | def capture( order ):
           |     return charge(order)

commit c2 by bob: reformat
    file pay.py
        | def capture(order):
        |     return charge(order)

commit c3 by bob: ignore the reformatting
    file .git-blame-ignore-revs
        | {c2}

blame pay.py
    a1  recorded  c1 | def capture(order):
    ?   none      c1 |     return charge(order)
