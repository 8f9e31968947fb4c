# Settings of the repository's own that make plain git run programs, colour its output or fail: the answer is the same

session a1 claude/claude-opus-4-6 asked by ann

config
    [core]
    	fsmonitor = "touch fsmonitor-ran; false"
    	pager = "touch pager-ran"
    	sshCommand = "touch ssh-ran"
    	hooksPath = .
    [diff]
    	external = "touch external-diff-ran"
    	noprefix = true
    	mnemonicPrefix = true
    [diff "loud"]
    	textconv = "touch textconv-ran; cat"
    [filter "loud"]
    	clean = "touch clean-ran; cat"
    	smudge = "touch smudge-ran; cat"
    [color]
    	ui = always
    [blame]
    	ignoreRevsFile = nowhere
    	coloring = highlightRecent
    	showEmail = true
    	date = format:%s
    [log]
    	showSignature = true
    [gpg]
    	program = "touch gpg-ran"
    [alias]
    	blame = "!touch alias-ran"
    [notes]
    	displayRef = refs/notes/*

commit c1 by ann: payments: capture
    file .gitattributes
        | *.py diff=loud filter=loud
    file pay.py
           | import time
        a1 | def capture(order): ...

# The work tree differs, so that git would want the clean filter to compare.
disk pay.py
    | import time
    | def capture(order): ...
    | def refund(order): ...

blame pay.py
    ?   none      c1 | import time
    a1  recorded  c1 | def capture(order): ...
    +   none      -  | def refund(order): ...
    (filtered)
