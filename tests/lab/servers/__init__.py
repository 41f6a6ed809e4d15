"""The servers of a world: DNS, HTTP(S), SNTP, the gateway's own pages, a proxy, a tunnel's far end."""
