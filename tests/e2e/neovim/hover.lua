-- Neovim's built-in client on the demo: attach, hover as a request and as the window a person sees, edit and hover again.
-- usage: SERVER=<command> FOLDER=<repository> nvim --headless --clean -n -i NONE -c 'luafile hover.lua'
local session = dofile((debug.getinfo(1, "S").source:sub(2):gsub("[^/]*$", "session.lua")))

local version = vim.version()
session.say(("Neovim %d.%d.%d"):format(version.major, version.minor, version.patch))
session.start(os.getenv("FOLDER") .. "/shop/payments.py")

local function hover_at(line, column)
  local answer = session.ask("textDocument/hover", line, column)
  return answer and answer.contents.value
end

local words = hover_at(17, 8)
session.expect(words, "Claude Opus 4.5")
session.expect(words, "Recorded by git-ai for these lines")
session.say("hover: ok")

-- What a person sees: the floating window.
vim.lsp.buf.hover()
local window
vim.wait(60000, function()
  for _, each in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(each).relative ~= "" then
      window = each
      return true
    end
  end
end, 20)
if not window then session.fail("no hover window") end
session.expect(table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n"), "Jonas Lindqvist")
vim.api.nvim_win_close(window, true)
session.say("hover window: ok")

vim.api.nvim_buf_set_lines(session.buffer, 16, 16, false, { "            note = 1" })
session.expect(hover_at(18, 8), "Claude Opus 4.5")
session.say("hover after an edit: ok")

session.stop()
