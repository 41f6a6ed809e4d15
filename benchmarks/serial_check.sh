#!/usr/bin/env bash
# The checks of one `tshoot check`, one after another with the tools a person would use.
# Run inside a simulated network. PING_INTERVAL: seconds between pings (0.2 is the least an ordinary user
# of ping has long been allowed; 0.025 is what tshoot itself uses).
interval=${PING_INTERVAL:-0.2}
gateway=${GATEWAY:-192.168.12.1}
host=${HOST_NAME:-account.t-mobile.com}
anchors4="1.1.1.1 8.8.8.8"
names="one.one.one.one dns.google dns.quad9.net"
quiet() { "$@" >/dev/null 2>&1 </dev/null; }

ip -brief address show >/dev/null
ip route show default >/dev/null
quiet ping -q -n -c 20 -i "$interval" -W 1 "$gateway"
for address in $anchors4; do quiet ping -q -n -c 20 -i "$interval" -W 1 "$address"; done
quiet ping -q -n -6 -c 20 -i "$interval" -W 1 2606:4700:4700::1111
quiet getent ahosts "$host"
for server in $(awk '/^nameserver/ {print $2}' /etc/resolv.conf) 1.1.1.1 8.8.8.8; do
  for type in A AAAA; do quiet dig +time=2 +tries=2 "@$server" "$host" "$type"; done
  quiet dig +time=2 +tries=2 "@$server" example.com A
done
for check in connectivitycheck.gstatic.com/generate_204 cp.cloudflare.com/generate_204 detectportal.firefox.com/success.txt; do
  quiet curl -sS -m 3 -o /dev/null "http://$check"
done
quiet openssl s_client -connect "$host:443" -servername "$host" -verify_return_error
for name in $names; do quiet openssl s_client -connect "$name:443" -servername "$name"; done
quiet curl -sSL -m 5 -o /dev/null "https://$host/"
for other in www.t-mobile.com brass.account.t-mobile.com iam.msg.t-mobile.com; do
  quiet curl -sS -m 5 -o /dev/null "https://$other/"
done
for server in cloudflare-dns.com dns.google; do
  quiet curl -sS -m 5 -o /dev/null -H 'accept: application/dns-message' "https://$server/dns-query?dns=AAABAAABAAAAAAAAB2V4YW1wbGUDY29tAAABAAE"
done
exit 0
