# Windows line ends, as they stand in the repository

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: capture
    file pay.cs
           | using Shop;␍
        a1 | class Capture {␍
        a1 | }␍

commit c2 by ann: one line with a line feed alone
    file pay.cs
           | using Shop;␍
           | class Capture {␍
              | // mixed
           | }␍

blame pay.cs
    ?   none      c1 | using Shop;␍
    a1  recorded  c1 | class Capture {␍
    ?   none      c2 | // mixed
    a1  recorded  c1 | }␍
