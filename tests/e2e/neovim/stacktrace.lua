-- Neovim's built-in client on a log in which the demo's service crashed: from a frame to today's line, and its origin.
-- usage: SERVER=<command> FOLDER=<repository> LOG=<file> nvim --headless --clean -n -i NONE -c 'luafile stacktrace.lua'
local server, folder, log = os.getenv("SERVER"), os.getenv("FOLDER"), os.getenv("LOG")
local function say(text) io.stdout:write(text .. "\n") end
local function fail(text)
  io.stderr:write("FAILED " .. text .. "\n")
  vim.cmd("cquit 1")
end
local function expect(text, wanted)
  if not text or not text:find(wanted, 1, true) then fail(("%q does not hold %q"):format(text or "nothing", wanted)) end
end

vim.cmd("edit " .. log)
vim.bo.filetype = "log"
local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({ name = "backstory", cmd = { server }, root_dir = folder })
if not id then fail("the client did not start") end
vim.lsp.buf_attach_client(buffer, id)
local client = vim.lsp.get_client_by_id(id)
if not vim.wait(60000, function() return client.initialized end, 20) then fail("not initialized") end

local frame = vim.fn.search("shop/payments.py")
if frame == 0 then fail("the log has no such frame") end
vim.api.nvim_win_set_cursor(0, { frame, 12 })
local function ask(method)
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer, problem = client.request_sync(method, params, 60000, buffer)
  if not answer then fail("no answer: " .. tostring(problem)) end
  if answer.err then fail(vim.inspect(answer.err)) end
  return answer.result
end

local hover = ask("textDocument/hover")
expect(hover and hover.contents.value, "Claude Opus 4.5")
say("hover of a frame: ok")

local found = ask("textDocument/definition")
local location = found and (found[1] or found)
if not location or vim.tbl_isempty(location) then fail("no definition") end
vim.lsp.util.jump_to_location(location, client.offset_encoding)
expect(vim.api.nvim_buf_get_name(0), folder .. "/shop/payments.py")
local line = vim.api.nvim_win_get_cursor(0)[1]
if line ~= 14 then fail("line " .. line) end
say("definition of a frame: ok")

client.stop()
if not vim.wait(60000, function() return client.is_stopped() end, 20) then fail("the server did not stop") end
vim.cmd("qall!")
