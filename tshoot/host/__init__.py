"""What this computer says of itself: adapters, routes, resolvers, hosts file, proxies.

Reading never sends a packet. One backend per operating system stands behind one seam
(:class:`tshoot.host.model.HostBackend`); everything above works on the immutable snapshot.
"""
