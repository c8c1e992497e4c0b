-- Charges over HTTP, each under an idempotency key of its own.
-- Environment: SCRIP_KEY, the API key. Arguments: over how many accounts; how many milliseconds a
-- connection rests after an answer, on average, 0 when it does not.
--
-- A rest is drawn between nothing and twice that, so that requests come scattered.
local threads = 0
local counter = 0

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init(args)
  accounts = tonumber(args[1])
  local rest = math.floor(2 * tonumber(args[2]) + 0.5)
  -- Names have as many digits as the last one, so the body is always as long.
  local form = '{"account":"bench-%0' .. math.max(4, #tostring(accounts - 1))
      .. 'd","operation":"image.upload"}'
  head = "POST /v1/charges HTTP/1.1\r\nHost: " .. wrk.headers["Host"]
      .. "\r\nAuthorization: Bearer " .. os.getenv("SCRIP_KEY")
      .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #string.format(form, 0)
      .. "\r\nIdempotency-Key: " .. os.time() .. "-" .. id .. "-"
  bodies = {}
  for i = 0, accounts - 1 do
    bodies[i] = "\r\n\r\n" .. string.format(form, i)
  end
  if rest > 0 then
    function delay()
      return math.random(0, rest)
    end
  end
end

function request()
  counter = counter + 1
  return head .. counter .. bodies[counter * 7919 % accounts]
end
