// A first policy, indented wrongly in four places: what its author reads.
import * as assert from 'uvu/assert';
import { printText } from '../../src/diagnostics/text.ts';
import { describe } from '../kit/suite.ts';
import { decodeText } from './decode-text.ts';

const manifest = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
   name: db-policy
spec:
   podSelector:
       matchLabels:
       role: db
   policyTypes:
   - Ingress
   ingress:
   - from:
       - podSelector:
       matchLabels:
       name: api-pod
   ports:
       - protocol: TCP
`;

const told = `policy.yaml:8:8: error NP2001: unknown field "spec.podSelector.role"
    7 |        matchLabels:
>   8 |        role: db
      |        ^^^^
  hint: \`role\` looks like a label; did you mean \`podSelector.matchLabels.role\`? Indent it further than \`matchLabels\` on line 7. A server that drops unknown fields would apply the policy to every pod of the namespace (netpolc explain NP2001)
policy.yaml:14:8: error NP1007: this is not YAML: \`matchLabels\` begins in column 8, the column of the \`- \` on line 13, but is no list item
   13 |        - podSelector:
>  14 |        matchLabels:
      |        ^^^^^^^^^^^
  hint: indent \`matchLabels\` further than \`podSelector\` on line 13, so that it stands inside of it. As it is, kubectl refuses the file before a server sees it ("did not find expected '-' indicator") (netpolc explain NP1007)
policy.yaml:15:8: error NP2001: unknown field "spec.ingress[0].from[0].podSelector.name"
   14 |        matchLabels:
>  15 |        name: api-pod
      |        ^^^^
  hint: \`name\` looks like a label; did you mean \`podSelector.matchLabels.name\`? Indent it further than \`matchLabels\` on line 14. A server that drops unknown fields would match every pod of the policy's namespace (netpolc explain NP2001)
policy.yaml:16:4: error NP2001: unknown field "spec.ports"
   15 |        name: api-pod
>  16 |    ports:
      |    ^^^^^
  hint: \`ports\` belongs to a rule of \`ingress\`, next to \`from\`: begin it in column 6, as \`from\` on line 12 does. A server that drops unknown fields would allow every port (netpolc explain NP2001)
`;

describe('a first policy, indented wrongly in four places', (test) => {
  test('each place is told once, in the order of the text, with what to do', () => {
    const { value, diagnostics } = decodeText(manifest);
    assert.is(value, null);
    assert.fixture(printText(diagnostics, { color: false }), told);
  });

  test('doing what the hints say makes it right', () => {
    const repaired = manifest
      .replace('       role: db', '         role: db')
      .replace('       matchLabels:\n       name', '           matchLabels:\n             name')
      .replace('   ports:\n       - protocol', '     ports:\n       - protocol');
    assert.equal(decodeText(repaired).diagnostics, []);
  });
});
