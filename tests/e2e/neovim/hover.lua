-- Neovim's built-in client on the demo: attach, hover as a request and as the window a person sees, edit and hover again.
-- usage: SERVER=<command> FOLDER=<repository> nvim --headless --clean -n -i NONE -c 'luafile hover.lua'
local server, folder = os.getenv("SERVER"), os.getenv("FOLDER")
local function say(text) io.stdout:write(text .. "\n") end
local function fail(text)
  io.stderr:write("FAILED " .. text .. "\n")
  vim.cmd("cquit 1")
end
local function expect(text, wanted)
  if not text or not text:find(wanted, 1, true) then fail(("%q does not hold %q"):format(text or "nothing", wanted)) end
end

local version = vim.version()
say(("Neovim %d.%d.%d"):format(version.major, version.minor, version.patch))
vim.cmd("edit " .. folder .. "/shop/payments.py")
local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({ name = "backstory", cmd = { server }, root_dir = folder })
if not id then fail("the client did not start") end
vim.lsp.buf_attach_client(buffer, id)
local client = vim.lsp.get_client_by_id(id)
if not vim.wait(60000, function() return client.initialized end, 20) then fail("not initialized") end

local function hover_at(line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer, problem = client.request_sync("textDocument/hover", params, 60000, buffer)
  if not answer then fail("no answer: " .. tostring(problem)) end
  if answer.err then fail(vim.inspect(answer.err)) end
  return answer.result and answer.result.contents.value
end

local words = hover_at(17, 8)
expect(words, "Claude Opus 4.5")
expect(words, "Recorded by git-ai for these lines")
say("hover: ok")

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
if not window then fail("no hover window") end
expect(table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n"), "Jonas Lindqvist")
vim.api.nvim_win_close(window, true)
say("hover window: ok")

vim.api.nvim_buf_set_lines(buffer, 16, 16, false, { "            note = 1" })
expect(hover_at(18, 8), "Claude Opus 4.5")
say("hover after an edit: ok")

client.stop()
if not vim.wait(60000, function() return client.is_stopped() end, 20) then fail("the server did not stop") end
vim.cmd("qall!")
