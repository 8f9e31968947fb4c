# Nothing is recorded here

commit c1 by ann: one
    file a.txt
        | one
        | two
