// load.sh while packets flow: one change of the kernel for both families and all chains, wherever it is killed.
import * as assert from 'uvu/assert';
import { limited } from '../../kit/limited.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { lostReplies, underFlood, type Flood } from './load-flood.ts';
import { variants, type Variant } from './load-machine.ts';

/** Nothing was lost and nothing leaked; no run of load.sh changed more than once what packets meet. */
function assertSound({ sent, lost, leaked, changes }: Flood, runs: number): void {
  assert.ok(sent > 1000, `${sent} packets`);
  assert.equal({ lost, leaked }, { lost: 0, leaked: 0 });
  assert.ok(changes <= runs, `${changes} changes by ${runs} runs`);
}

/** Programs that load.sh runs, of which the Nth sends a signal to load.sh and all that it started, before or after its work. */
const killers = `
for program in ipset $(ls /usr/sbin | grep -x 'ip6*tables-[a-z]*-[rs]a*[ev][a-z]*'); do
  printf '%s\\n' '#!/bin/sh' 'number=$(($(cat "$COUNT") + 1)); echo $number > "$COUNT"' \\
    'if [ $number$WHEN = "$NUMBER"before ]; then kill -$SIGNAL 0; fi' "$(command -v $program) \\"\\$@\\" || code=\\$?" \\
    'if [ $number = "$NUMBER" ]; then kill -$SIGNAL 0; fi' 'exit \${code-0}' > killers/$program
done
chmod +x killers/*
export COUNT="$PWD/count" NUMBER WHEN SIGNAL
runs=0
# FROM TO: kills a load of TO at its step NUMBER, and says whether there was one. Then one of them is loaded in peace.
kill_step() {
  echo 0 > count; runs=$((runs + 2)); killed=yes
  if PATH="$PWD/killers:$PATH" setsid --wait sh $2/load.sh $v > /dev/null 2>&1; then killed=no; fi
  case $NUMBER in *[02468]) from=$2 to=$1 ;; *) from=$1 to=$2 ;; esac
  load $from; differences $from
}`;

/** What is done while packets flow, and what must come of it. */
interface Scenario {
  readonly title: string;
  readonly script: string;
  readonly holds: (flood: Flood) => void;
}

const scenarios: readonly Scenario[] = [
  {
    title: 'ten replacements are ten changes, for both families, through the machine and to it',
    script: 'for each in B A B A B A B A B A; do load $each; done',
    holds: (flood) => {
      assertSound(flood, 10);
      assert.is(flood.changes, 10);
    },
  },
  {
    title: 'loading the same again is no change',
    script: 'for time in 1 2 3 4 5 6 7 8 9 10; do load A; done',
    holds: (flood) => {
      assertSound(flood, 0);
    },
  },
  {
    title: 'without sets each family changes by itself, once a load; the flood would show a mixture',
    script: 'for each in plainB plainA B plainA; do load $each; done',
    holds: (flood) => {
      assert.equal([flood.lost, flood.leaked, flood.changesByFamily], [0, 0, { 4: 4, 6: 4 }]);
      assert.ok(flood.changes > 20, `${flood.changes} changes`);
    },
  },
  {
    title: 'ended before or after any of its steps, it leaves old or new rules, and the next run clears up',
    script: `
      mkdir killers; ${killers}
      from=A to=B
      for SIGNAL in KILL TERM; do
        for WHEN in before after; do
          NUMBER=0 killed=yes
          while [ $killed = yes ]; do NUMBER=$((NUMBER + 1)); kill_step $from $to; done
          echo "$((NUMBER - 1)) steps"
        done
      done
      echo $runs runs`,
    holds: (flood) => {
      const [, steps, runs] = /^(\d+) steps\n(?:\1 steps\n){3}(\d+) runs\n$/.exec(flood.said) ?? [];
      assert.ok(Number(steps) >= 12, flood.said);
      assertSound(flood, Number(runs));
    },
  },
  {
    title: 'killed at any moment, with or without what it started, it leaves old or new rules',
    script: `
      from=A to=B killed=0
      for moment in 0 1 2 3 4 5 6 7 8 9; do
        for group in - ''; do
          setsid sh $to/load.sh $v > /dev/null 2>&1 & pid=$!
          sleep $(printf '0.%03d' $((moment * 14)))
          kill -9 $group$pid 2> /dev/null && killed=$((killed + 1)) || true
          wait $pid || true
          load $to 2> /dev/null; differences $to
          was=$from; from=$to; to=$was
        done
      done
      [ $killed -gt 10 ] || echo "only $killed killed"`,
    holds: (flood) => {
      assert.is(flood.said, '');
      assert.is(flood.changes, 20);
      assertSound(flood, 40);
    },
  },
];

/** Each is a machine of its own, which waits for programs to start and end most of the time. */
const atOnce = limited(2);

let floods: ReadonlyMap<string, Promise<Flood>> | null = null;

/** The longest first; all of them are begun when the first is asked for. */
function floodOf(variant: Variant, { title }: Scenario): Promise<Flood> {
  floods ??= new Map(
    [...scenarios].reverse().flatMap((scenario) =>
      variants.map((each): [string, Promise<Flood>] => {
        const flood = atOnce(() => underFlood(each, scenario.script));
        flood.catch(() => undefined); // told by its test
        return [`${each} ${scenario.title}`, flood];
      }),
    ),
  );
  return must(floods.get(`${variant} ${title}`));
}

for (const variant of variants)
  describe(`load.sh ${variant} under traffic`, (test) => {
    for (const scenario of scenarios) {
      test(scenario.title, async () => {
        scenario.holds(await floodOf(variant, scenario));
      });
    }
    test('a first load loses no reply of connections that nobody tracked before', async () => {
      const { asked, lost } = await lostReplies(variant);
      assert.ok(asked > 500, `${asked} questions`);
      assert.is(lost, 0);
    });
  });
