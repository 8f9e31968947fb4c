# A form feed or U+2028 ends no line: neither for git nor for the editor

session a1 claude/claude-opus-4-6 asked by ann

commit c1 by ann: payments: capture
    file pay.c
           | int x;
           | ␌
        a1 | /* a␤b */ int capture(void);
           | /* a␋b */ int refund(void);
        a1 | int charge(void);

blame pay.c
    ?   none      c1 | int x;
    ?   none      c1 | ␌
    a1  recorded  c1 | /* a␤b */ int capture(void);
    ?   none      c1 | /* a␋b */ int refund(void);
    a1  recorded  c1 | int charge(void);
