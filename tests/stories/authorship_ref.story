# Before notes, each commit had a ref straight to a blob, with people and tools in one field

commit c1 by ann: payments: capture
    file pay.py
        | def capture(order):
        |     check(order)
        |     return charge(order)

authorship ref of c1
    {"files":{"pay.py":{"file":"pay.py","authors":[{"author":"Claude Code","lines":[1,[3,3]],"agent_metadata":null},
    {"author":"Ann Lee","lines":[2],"agent_metadata":null}]}},"schema_version":"authorship/0.0.1"}

blame pay.py
    ai:claude  recorded  c1 | def capture(order):
    h:ann      recorded  c1 |     check(order)
    ai:claude  recorded  c1 |     return charge(order)
