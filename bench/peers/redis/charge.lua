-- A charge: idempotency key, debit and audit record, in one step.
--
-- KEYS[1] the idempotency key; ARGV: a number, over how many accounts it is spread, the credits.
-- redis-benchmark has one range for all its random numbers, so the account is taken out of one here.
local answered = redis.call('GET', KEYS[1])
if answered then
  return answered
end
local account = 'account:' .. (tonumber(ARGV[1]) % tonumber(ARGV[2]))
local price = tonumber(ARGV[3])
local balance = tonumber(redis.call('GET', account) or '0')
if balance < price then
  return redis.error_reply('SHORT ' .. account .. ' has ' .. balance)
end
local left = redis.call('DECRBY', account, price)
redis.call('XADD', 'audit', '*', 'account', account, 'key', KEYS[1], 'credits', price, 'left', left)
redis.call('SET', KEYS[1], left, 'EX', 86400)
return left
