// Frames → a capture file that tcpreplay sends.

/** Six bytes, `02:00:00:00:01:01` as numbers. */
export type MacAddress = readonly number[];

/** An Ethernet frame around an IP packet. */
export function ethernetFrame(destination: MacAddress, source: MacAddress, packet: Uint8Array): Uint8Array {
  const etherType = (packet[0] ?? 0) >> 4 === 4 ? [0x08, 0x00] : [0x86, 0xdd];
  return Uint8Array.of(...destination, ...source, ...etherType, ...packet);
}

/** The bytes of a pcap file (version 2.4, Ethernet), all frames at time 0. */
export function pcapFile(frames: readonly Uint8Array[]): Uint8Array {
  const size = frames.reduce((sum, frame) => sum + 16 + frame.length, 24);
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  [0xa1b2c3d4, 0x00040002, 0, 0, 65535, 1].forEach((word, index) => view.setUint32(index * 4, word, true));
  let at = 24;
  for (const frame of frames) {
    view.setUint32(at + 8, frame.length, true);
    view.setUint32(at + 12, frame.length, true);
    file.set(frame, at + 16);
    at += 16 + frame.length;
  }
  return file;
}
