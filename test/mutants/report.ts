// What the examination of mutants found, for people and as JSON.
import type { Examination, Finding } from './examine.ts';
import { protocols } from './mutant.ts';

/** One line for a mutant, as soon as it is examined. */
export function formatExamination({ mutant, outcome, findings }: Examination): string {
  const said = findings.at(-1);
  const seconds = findings.reduce((sum, each) => sum + each.seconds, 0).toFixed(1);
  return `${outcome.padEnd(8)}  ${mutant.id.padEnd(46)} ${seconds.padStart(5)} s  ${said === undefined ? '' : formatFinding(said)}`;
}

/** Which proof said what: `golden: golden truth: a-port-range-includes-both-ends`. */
export function formatFinding({ proof, judgement }: Finding): string {
  if (judgement.outcome === 'failed') return `${proof.protocol}: ${judgement.test}`;
  return `${proof.protocol}: ${judgement.outcome === 'passed' ? 'passed' : (judgement.detail.split('\n')[0] ?? '')}`;
}

/** Mutant × protocol: `x` where it was caught, `.` where it was asked and not caught, `?` where nothing could be told. */
export function formatMatrix(examinations: readonly Examination[]): string {
  const width = Math.max(...examinations.map(({ mutant }) => mutant.id.length));
  const rows = examinations.map(({ mutant, findings }) => {
    const marks = protocols.map((protocol) => markOf(findings.filter(({ proof }) => proof.protocol === protocol)));
    return [mutant.id.padEnd(width), ...marks.map((mark, index) => mark.padEnd(protocols[index]?.length ?? 0))];
  });
  const totals = protocols.map((protocol) => {
    const caught = examinations.filter(({ findings }) =>
      findings.some(({ proof, judgement }) => proof.protocol === protocol && judgement.outcome === 'failed'),
    );
    return String(caught.length).padEnd(protocol.length);
  });
  const lines = [['mutant'.padEnd(width), ...protocols], ...rows, ['caught'.padEnd(width), ...totals]];
  return lines.map((cells) => cells.join('  ').trimEnd()).join('\n');
}

function markOf(findings: readonly Finding[]): string {
  const has = (outcome: string): boolean => findings.some(({ judgement }) => judgement.outcome === outcome);
  return has('failed') ? 'x' : has('unjudged') ? '?' : has('passed') ? '.' : '';
}

/** The document `.bench/mutants.json`. */
export function mutantsDocument(examinations: readonly Examination[], seconds: number): object {
  const count = (outcome: Examination['outcome']): number =>
    examinations.filter((each) => each.outcome === outcome).length;
  return {
    killed: count('killed'),
    survived: count('survived'),
    unjudged: count('unjudged'),
    seconds,
    mutants: examinations.map(({ mutant, outcome, findings }) => ({
      id: mutant.id,
      sentence: mutant.sentence,
      breaks: mutant.breaks,
      file: mutant.file,
      outcome,
      proofs: findings.map(({ proof, judgement, seconds: taken }) => ({
        protocol: proof.protocol,
        command: proof.command,
        seconds: taken,
        ...judgement,
      })),
    })),
  };
}
