// A program at one end of a flood (see load-flood.ts): `send`, `receive`, `ask` or `answer`, until standard input ends.
import { createSocket, type Socket } from 'node:dgram';
import { askers, answerAfterMs, kinds } from './load-flood-kinds.ts';
import { ports } from './load-generations.ts';

const ends = { send, receive, ask, answer };
const stopped = ends[process.argv[2] as keyof typeof ends]();
process.stdin.resume().on('end', () => stopped((text) => process.stdout.write(text, () => process.exit())));

/** What to do when standard input ends; it hands over what is printed. */
type Stopped = (print: (text: string) => void) => void;

/** Numbered packets, two of each kind a millisecond. Prints how many. */
function send(): Stopped {
  const sockets: Readonly<Record<4 | 6, Socket>> = { 4: createSocket('udp4'), 6: createSocket('udp6') };
  let next = 0;
  const timer = setInterval(() => {
    for (let sent = 0; sent < 2 * kinds.length; sent++) {
      const { family, port, address } = kinds[next % kinds.length] as (typeof kinds)[number];
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(next++);
      sockets[family].send(bytes, port, address);
    }
  }, 1);
  return (print) => {
    clearInterval(timer);
    setTimeout(() => print(`${next}\n`), 300);
  };
}

/** Answers nothing, so no connection is ever established. Prints the numbers of the packets that arrived. */
function receive(): Stopped {
  const seen: number[] = [];
  for (const port of Object.values(ports))
    for (const type of ['udp4', 'udp6'] as const)
      createSocket({ type, ipv6Only: type === 'udp6', recvBufferSize: 4_000_000 })
        .on('message', (bytes) => seen.push(bytes.readUInt32BE()))
        .bind(port);
  return (print) => print(seen.join('\n'));
}

/** Many connections, in each of which a question follows the answer to the one before. Prints `asked answered`. */
function ask(): Stopped {
  const counts = { asked: 0, answered: 0, stopped: false };
  for (let index = 0; index < askers; index++) {
    const socket = createSocket('udp4');
    const question = (): void => {
      if (counts.stopped) return;
      counts.asked++;
      socket.send('?', ports.both, kinds[0]?.address);
    };
    socket.on('message', () => {
      counts.answered++;
      setTimeout(question, 10);
    });
    setTimeout(question, index);
  }
  return (print) => {
    counts.stopped = true;
    setTimeout(() => print(`${counts.asked} ${counts.answered}\n`), answerAfterMs + 500);
  };
}

function answer(): Stopped {
  const socket = createSocket('udp4');
  socket.on('message', (_, from) => setTimeout(() => socket.send('!', from.port, from.address), answerAfterMs));
  socket.bind(ports.both);
  return (print) => print('');
}
