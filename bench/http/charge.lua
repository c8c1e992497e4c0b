-- Charges over HTTP, each under an idempotency key of its own, over 1,000 accounts.
-- Environment: SCRIP_KEY, the API key.
--
-- The request is put together by hand, and there is no response() on purpose: wrk shares the machine
-- with the server, so what it spends is taken from what is measured. Answers are counted by wrk
-- (other than 2xx) and by the server (what became of each charge).
local threads = 0
local counter = 0

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init()
  -- The name of an account has four digits, so the body is always as long.
  local length = #'{"account":"bench-0000","operation":"image.upload"}'
  head = "POST /v1/charges HTTP/1.1\r\nHost: " .. wrk.headers["Host"]
      .. "\r\nAuthorization: Bearer " .. os.getenv("SCRIP_KEY")
      .. "\r\nContent-Type: application/json\r\nContent-Length: " .. length
      .. "\r\nIdempotency-Key: " .. os.time() .. "-" .. id .. "-"
  bodies = {}
  for i = 0, 999 do
    bodies[i] = string.format('\r\n\r\n{"account":"bench-%04d","operation":"image.upload"}', i)
  end
end

function request()
  counter = counter + 1
  return head .. counter .. bodies[counter * 7919 % 1000]
end
