# A configured but missing ignore file, over which plain `git blame` fails

session a1 claude/claude-opus-4-6 asked by ann

config
    [blame]
    	ignoreRevsFile = .git-blame-ignore-revs

commit c1 by ann: payments: capture
    file pay.py
        a1 | def capture(order):

blame pay.py
    a1  recorded  c1 | def capture(order):
