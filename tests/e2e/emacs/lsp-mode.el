;; Emacs and lsp-mode on the demo, with the client that docs/editors.md gives: attach, hover, edit and hover again.
;; usage: SERVER=<command> FOLDER=<repository> emacs --batch -l lsp-mode.el
(require 'package)
(package-initialize)
(require 'python)
(require 'lsp-mode)
(setq lsp-auto-guess-root t lsp-restart 'ignore lsp-enable-file-watchers nil lsp-enable-snippet nil
      lsp-session-file (expand-file-name "lsp-session" (getenv "FOLDER"))
      make-backup-files nil create-lockfiles nil)
(lsp-register-client
 (make-lsp-client :new-connection (lsp-stdio-connection (list (getenv "SERVER")))
                  :activation-fn (lambda (&rest _) (locate-dominating-file default-directory ".git"))
                  :notification-handlers (ht ("backstory/stateChanged" #'ignore))
                  :add-on? t
                  :server-id 'backstory))

(defun backstory-words ()
  (let ((hover (lsp-request "textDocument/hover" (lsp--text-document-position-params))))
    (gethash "value" (gethash "contents" hover))))

(defun backstory-expect (text wanted)
  (unless (and text (string-match-p (regexp-quote wanted) text))
    (error "%S does not hold %S" text wanted)))

(find-file (expand-file-name "shop/payments.py" (getenv "FOLDER")))
(python-mode)
(lsp)
(while (not (cl-some (lambda (each) (eq 'initialized (lsp--workspace-status each))) (lsp-workspaces)))
  (accept-process-output nil 0.1))
(princ (format "Emacs %s, lsp-mode\n" emacs-version))
(goto-char (point-min))
(search-forward "idempotency_key")
(backstory-expect (backstory-words) "Claude Opus 4.5")
(princ "hover: ok\n")
(beginning-of-line)
(insert "            note = 1\n")
(search-forward "idempotency_key")
(backstory-expect (backstory-words) "Claude Opus 4.5")
(princ "hover after an edit: ok\n")
(set-buffer-modified-p nil)
(lsp-disconnect)
