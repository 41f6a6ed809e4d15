# Runs inside `unshare -rnm`; $1 is a folder with resolv.conf and hosts, the rest is the command.
set -e
folder=$1
shift
mount --bind "$folder/resolv.conf" /etc/resolv.conf
mount --bind "$folder/hosts" /etc/hosts
ip link set lo up
ip link add eth0 type veth peer name far0
ip link add wifi0 type veth peer name far1
ip link add br-home type bridge
ip link set eth0 up mtu 1400
ip link set far0 up
ip link set wifi0 up
ip address add 192.168.12.50/24 dev eth0
ip address add 2001:db8:12::50/64 dev eth0 nodad
ip address add 198.51.100.7/24 dev wifi0
ip route add default via 192.168.12.1 dev eth0 metric 100
ip route add default via 198.51.100.1 dev wifi0 metric 600
ip -6 route add default via fe80::1 dev eth0 metric 1024
ip route add unreachable 203.0.113.0/24
ip route add 192.0.2.128/25 via 192.168.12.9
ip neighbour add 192.168.12.1 lladdr 00:00:5e:00:53:01 dev eth0 nud reachable
ip neighbour add fe80::1 lladdr 00:00:5e:00:53:01 dev eth0 nud stale
if ip tuntap add wg0 mode tun 2>/dev/null; then
    ip address add 10.64.0.2/32 dev wg0
    ip link set wg0 up
    ip route add default dev wg0 table 51820
    ip rule add not fwmark 51820 table 51820
    ip rule add table main suppress_prefixlength 0
fi
exec "$@"
