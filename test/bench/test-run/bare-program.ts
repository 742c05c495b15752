// The least that a tc program can do, measured the way netpolc's are: what a test run itself takes.

const source = `__attribute__((section("tc"), used)) int bare(void *skb) { return -1; }
char terms[] __attribute__((section("license"), used)) = "GPL";
`;

/** Makes `./bare.o` and puts it into the box's bpf file system. */
export function loadBareProgram(box: string): readonly string[] {
  return [
    `cat > bare.c << 'END'\n${source}END`,
    'clang -O2 -target bpf -c bare.c -o bare.o',
    `in_box ${box} bpftool prog load bare.o /sys/fs/bpf/bare`,
  ];
}

/** Runs it on a file with one frame and says what it took, as the engine does. */
export function runBareProgram(box: string, frame: string, repeat: number): string {
  return (
    `in_box ${box} bpftool prog run pinned /sys/fs/bpf/bare data_in ${frame} repeat ${repeat} | ` +
    `sed -n 's/.*duration (average): \\([0-9]*\\)ns.*/pass \\1 ns/p' >&3`
  );
}
