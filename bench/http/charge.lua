-- Charges over HTTP, each with an idempotency key of its own, over 1,000 accounts.
-- Environment: SCRIP_KEY, the API key.
local key = os.getenv("SCRIP_KEY")
local counter = 0
local threads = 0

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init()
  prefix = string.format("%d-%d-", os.time(), id)
  headers = { ["Authorization"] = "Bearer " .. key, ["Content-Type"] = "application/json" }
end

function request()
  counter = counter + 1
  headers["Idempotency-Key"] = prefix .. counter
  local body = '{"account":"bench-' .. (counter * 7919 % 1000) .. '","operation":"image.upload"}'
  return wrk.format("POST", "/v1/charges", headers, body)
end

function response(status)
  if status ~= 201 then
    errors = (errors or 0) + 1
    if errors == 1 then io.write("first error: " .. status .. "\n") end
  end
end
