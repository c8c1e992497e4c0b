-- Usage events over HTTP, 1,000 a request over 1,000 accounts, each counted once: the source of the
-- events of a request is its own.
-- Environment: SCRIP_KEY, the API key.
local threads = 0
local counter = 0

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init()
  local time = os.date("!%Y-%m-%dT%H:%M:%SZ")
  -- As long as what takes its place, so that every body is as long.
  place = "0000000000-00-00000000"
  local events = {}
  for i = 0, 999 do
    events[i + 1] = string.format(
      '{"specversion":"1.0","id":"%04d","source":"%s","type":"image.upload",'
        .. '"subject":"bench-%04d","time":"%s"}', i, place, i, time)
  end
  body = "[" .. table.concat(events, ",") .. "]"
  head = "POST /v1/events HTTP/1.1\r\nHost: " .. wrk.headers["Host"]
      .. "\r\nAuthorization: Bearer " .. os.getenv("SCRIP_KEY")
      .. "\r\nContent-Type: application/cloudevents-batch+json\r\nContent-Length: " .. #body
      .. "\r\n\r\n"
  pattern = place:gsub("%-", "%%-")
end

function request()
  counter = counter + 1
  return head .. body:gsub(pattern, string.format("%010d-%02d-%08d", os.time(), id, counter))
end
