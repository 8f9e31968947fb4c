# A robot is a bot, neither an agent nor a person

person dependabot dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>

commit c1 by ann: begin
    file requirements.txt
        | attrs==25.1
        | pygls==2.0

commit c2 by dependabot, committed by ann: Bump pygls from 2.0 to 2.1
    file requirements.txt
        | attrs==25.1
        | pygls==2.1

blame requirements.txt
    ?                  none      c1 | attrs==25.1
    b:dependabot[bot]  authored  c2 | pygls==2.1
