# A session's record in another note explains the line, whatever the trailer says of the whole commit

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: charge
    file charge.py
        a1 | def charge(card): ...

commit c2 by ann: payments: capture
    > Co-authored-by: Cursor <cursoragent@cursor.com>
    file pay.py
        | def capture(order): ...

note on c2
    pay.py
      {a1} 1
    ---
    {records}

blame pay.py
    a1 (not ai:cursor)  recorded  c2 | def capture(order): ...
