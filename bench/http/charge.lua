-- Charges over HTTP, each under an idempotency key of its own, over 1,000 accounts.
-- Environment: SCRIP_KEY, the API key; SCRIP_ASK, what is asked, such as "POST /v1/charges", with the
-- same headers and body whatever it is; SCRIP_PAUSE_MS, how long a connection waits on average
-- between an answer and its next request, if it is to wait.
--
-- The request is put together by hand, and there is no response() on purpose: wrk shares the machine
-- with the server, so what it spends is taken from what is measured. Answers are counted by wrk
-- (other than 2xx) and by the server (what became of each charge).
local threads = 0
local counter = 0
local pause = tonumber(os.getenv("SCRIP_PAUSE_MS") or 0)

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init()
  -- The name of an account has four digits, so the body is always as long.
  local length = #'{"account":"bench-0000","operation":"image.upload"}'
  head = os.getenv("SCRIP_ASK") .. " HTTP/1.1\r\nHost: " .. wrk.headers["Host"]
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

-- Pauses differ, so that the connections do not fall into step. That wrk finds the function is
-- enough to make it slower.
if pause > 0 then
  function delay()
    return math.random(0, 2 * pause)
  end
end
