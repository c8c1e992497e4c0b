-- Opens accounts on the free plan, one after the other and round again; one that is open stays as it
-- is. Environment: SCRIP_KEY, the API key. Arguments: how many accounts; with which one to begin.
local counter = 0

function init(args)
  accounts = tonumber(args[1])
  first = tonumber(args[2])
  -- Names as in spread.lua.
  form = "POST /v1/accounts HTTP/1.1\r\nHost: " .. wrk.headers["Host"]
      .. "\r\nAuthorization: Bearer " .. os.getenv("SCRIP_KEY")
      .. "\r\nContent-Type: application/json\r\nIdempotency-Key: open-%s"
      .. "\r\nContent-Length: %d\r\n\r\n%s"
  name = "bench-%0" .. math.max(4, #tostring(accounts - 1)) .. "d"
end

function request()
  local account = string.format(name, (first + counter) % accounts)
  counter = counter + 1
  local body = '{"account":"' .. account .. '","plan":"free"}'
  return string.format(form, account, #body, body)
end
