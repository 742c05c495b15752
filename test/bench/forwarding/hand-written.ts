// What netpolc's output is compared with: nothing but the established rule, and the best that a person could write.
import { formatAddress, type Address } from '../../../src/net/address.ts';
import type { HostCommand } from '../../../src/target.ts';
import { firstPort, localPods } from './node-world.ts';

/** The established rule as an engine's own programs load it; engines without netfilter are held to nftables'. */
export function loadEstablishedOnly(engine: string): HostCommand {
  switch (engine) {
    case 'iptables':
      return { argv: ['iptables-nft-restore'], stdin: establishedRules };
    case 'iptables-legacy':
      return { argv: ['iptables-legacy-restore'], stdin: establishedRules };
    default:
      return loadNft(establishedRuleset);
  }
}

/** One pod lookup, one port lookup, one hash set. */
export function loadHandWritten(peers: readonly Address[]): HostCommand {
  return loadNft(handWritten(peers));
}

const establishedRules = `*filter
-A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
COMMIT
`;

const establishedRuleset = `table inet bench {
  chain forward {
    type filter hook forward priority filter - 5; policy accept;
    ct state established,related accept
  }
}
`;

function handWritten(peers: readonly Address[]): string {
  return `table inet bench {
  map pods { type ipv4_addr : verdict; elements = { ${localPods.map((each) => `${formatAddress(each)} : jump pod`).join(', ')} } }
  set peers { type ipv4_addr; elements = { ${peers.map(formatAddress).join(', ')} } }
  chain pod {
    udp dport vmap { ${firstPort} : goto service }
    drop
  }
  chain service {
    ip saddr @peers return
    drop
  }
  chain forward {
    type filter hook forward priority filter - 5; policy accept;
    ct state established,related accept
    ip daddr vmap @pods
  }
}
`;
}

function loadNft(ruleset: string): HostCommand {
  return { argv: ['nft', '-f', '-'], stdin: ruleset };
}
