# Whether there may be connections that the kernel does not know: it tracks nothing, and packets were received.
are_unknown() {
  [ "$(cat /proc/sys/net/netfilter/nf_conntrack_count 2> /dev/null || echo 0)" = 0 ] &&
    sed -e 1,2d -e '/^ *lo:/d' /proc/net/dev | grep -q -v ': *0 '
}
