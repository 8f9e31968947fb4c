-- What the checks in Neovim share: its built-in client on one file, questions at the cursor, saying and failing.
local session = {}

function session.say(text) io.stdout:write(text .. "\n") end

function session.fail(text)
  io.stderr:write("FAILED " .. text .. "\n")
  vim.cmd("cquit 1")
end

function session.expect(text, wanted)
  if not text or not text:find(wanted, 1, true) then
    session.fail(("%q does not hold %q"):format(text or "nothing", wanted))
  end
end

--- Open a file and attach the server SERVER for FOLDER to it.
function session.start(file, filetype)
  vim.cmd("edit " .. file)
  if filetype then vim.bo.filetype = filetype end
  session.buffer = vim.api.nvim_get_current_buf()
  local asked = { name = "backstory", cmd = { os.getenv("SERVER") }, root_dir = os.getenv("FOLDER") }
  local id = vim.lsp.start_client(asked)
  if not id then session.fail("the client did not start") end
  vim.lsp.buf_attach_client(session.buffer, id)
  session.client = vim.lsp.get_client_by_id(id)
  if not vim.wait(60000, function() return session.client.initialized end, 20) then session.fail("not initialized") end
end

--- What the server answers about a place; lines from 1, columns from 0.
function session.ask(method, line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local params = vim.lsp.util.make_position_params(0, session.client.offset_encoding)
  local answer, problem = session.client.request_sync(method, params, 60000, session.buffer)
  if not answer then session.fail("no answer: " .. tostring(problem)) end
  if answer.err then session.fail(vim.inspect(answer.err)) end
  return answer.result
end

function session.stop()
  session.client.stop()
  local is_stopped = vim.wait(60000, function() return session.client.is_stopped() end, 20)
  if not is_stopped then session.fail("the server did not stop") end
  vim.cmd("qall!")
end

return session
