-- What wrk sends: the load named by LOAD, over SUBJECTS subjects (see serve.py).
local base = "http://example.org/"
local subjects = tonumber(os.getenv("SUBJECTS"))
local load = os.getenv("LOAD")
local number = 0
math.randomseed(os.time())
local run = math.random(1, 1000000000)
wrk.headers["Accept"] = "application/sparql-results+json"

local function encode(text)
  return (text:gsub("[^%w%-_%.~]", function(c) return string.format("%%%02X", string.byte(c)) end))
end

local function path(query) return "/query?query=" .. encode(query) end

-- What a page about one thing asks: its properties, with the names of its neighbours.
local function small(n)
  return "SELECT ?p ?o ?name { <" .. base .. "s/" .. (n % subjects) .. "> ?p ?o OPTIONAL { ?o <"
    .. base .. "label> ?name } } ORDER BY ?p ?o"
end

local function rows(n)
  return "SELECT ?s ?l { ?s <" .. base .. "group> <" .. base .. "group/" .. (n % (subjects / 1000))
    .. "> ; <" .. base .. "label> ?l }"
end

-- Twenty queries of the kinds that analysts save: look-ups, lists, counts, joins.
local saved = {}
for i = 1, 20 do
  local kind = i % 5
  local query
  if kind == 0 then query = rows(i)
  elseif kind == 1 then query = small(i * 37)
  elseif kind == 2 then
    query = "SELECT ?c (COUNT(?s) AS ?n) { ?s <" .. base .. "group> <" .. base .. "group/" .. i
      .. "> ; <" .. base .. "type> ?c } GROUP BY ?c ORDER BY ?c"
  elseif kind == 3 then
    query = "SELECT ?l { <" .. base .. "s/" .. i .. "> <" .. base .. "next>/<" .. base
      .. "next>/<" .. base .. "label> ?l }"
  else
    query = "SELECT ?s ?v { ?s <" .. base .. "group> <" .. base .. "group/" .. i .. "> ; <" .. base
      .. "value> ?v FILTER(?v > 990) } ORDER BY DESC(?v) ?s LIMIT 10"
  end
  saved[i] = path(query)
end
local repeated_small = path(small(42))
local repeated_rows = path(rows(7))

request = function()
  number = number + 1
  local unique = " # " .. run .. "." .. number
  if load == "small" then return wrk.format("GET", repeated_small) end
  if load == "rows" then return wrk.format("GET", repeated_rows) end
  if load == "unique-small" then return wrk.format("GET", path(small(run + number) .. unique)) end
  if load == "unique-rows" then return wrk.format("GET", path(rows(run + number) .. unique)) end
  if number % 5 == 0 then return wrk.format("GET", path(small(run + number) .. unique)) end
  return wrk.format("GET", saved[math.random(1, 20)])
end
