# The note leads, the trailer's other agent is named as dissent; a trailer that agrees is none

session a1 codex/gpt-5.5 asked by ann

commit c1 by ann: payments: capture
    > Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>
    file pay.py
        a1    | def capture(order):
        h:ann |     check(order)
              |     return charge(order)

commit c2 by ann: payments: refund
    > Co-authored-by: Codex <noreply@openai.com>
    file refund.py
        a1 | def refund(order): ...

blame pay.py
    a1 (not ai:github-copilot-cli)     recorded  c1 | def capture(order):
    h:ann (not ai:github-copilot-cli)  recorded  c1 |     check(order)
    ai:github-copilot-cli              declared  c1 |     return charge(order)

blame refund.py
    a1  recorded  c2 | def refund(order): ...
