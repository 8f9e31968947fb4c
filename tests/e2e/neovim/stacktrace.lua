-- Neovim's built-in client on a log in which the demo's service crashed: from a frame to today's line, and its origin.
-- usage: SERVER=<command> FOLDER=<repository> LOG=<file> nvim --headless --clean -n -i NONE -c 'luafile stacktrace.lua'
local session = dofile((debug.getinfo(1, "S").source:sub(2):gsub("[^/]*$", "session.lua")))
session.start(os.getenv("LOG"), "log")

local frame = vim.fn.search("shop/payments.py")
if frame == 0 then session.fail("the log has no such frame") end

local hover = session.ask("textDocument/hover", frame, 12)
session.expect(hover and hover.contents.value, "Claude Opus 4.5")
session.say("hover of a frame: ok")

local found = session.ask("textDocument/definition", frame, 12)
local location = found and (found[1] or found)
if not location or vim.tbl_isempty(location) then session.fail("no definition") end
vim.lsp.util.jump_to_location(location, session.client.offset_encoding)
session.expect(vim.api.nvim_buf_get_name(0), os.getenv("FOLDER") .. "/shop/payments.py")
local line = vim.api.nvim_win_get_cursor(0)[1]
if line ~= 14 then session.fail("line " .. line) end
session.say("definition of a frame: ok")

session.stop()
