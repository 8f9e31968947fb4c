# `eol=crlf`: the work tree has carriage returns that the repository has not

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: capture
    file .gitattributes
        | *.cs text eol=crlf
    file pay.cs
           | using Shop;
        a1 | class Capture { }

blame pay.cs
    ?   none      c1 | using Shop;␍
    a1  recorded  c1 | class Capture { }␍
