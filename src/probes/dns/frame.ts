/** Where one record of a message lies; nothing of its content has been read. */
export interface FrameRecord {
  readonly section: "answers" | "authorities" | "additionals";
  readonly type: number;
  readonly ttl: number;
  readonly nameAt: number;
  readonly dataAt: number;
  readonly dataLength: number;
}

/** The layout of a whole message (RFC 1035 section 4.1). */
export interface Frame {
  /** Octet after the question section. */
  readonly questionsEnd: number;
  readonly records: readonly FrameRecord[];
}

export const HEADER_BYTES = 12;

/** Longest name on the wire (RFC 1035 section 2.3.4); each label has at least one octet and its length. */
const MAX_NAME_BYTES = 255;

/** More pointers than a name has labels are a maze, not compression. */
const MAX_JUMPS = 127;

const SECTIONS = ["answers", "authorities", "additionals"] as const;

/** The layout of a message, or null where a record or a name does not end inside it. */
export function frameOf(bytes: Buffer): Frame | null {
  if (bytes.length < HEADER_BYTES) return null;
  let at: number | null = HEADER_BYTES;
  for (let i = bytes.readUInt16BE(4); i > 0; i -= 1) {
    at = nameEnd(bytes, at);
    if (at === null || at + 4 > bytes.length) return null;
    at += 4;
  }
  const questionsEnd = at;
  const records: FrameRecord[] = [];
  for (const [index, section] of SECTIONS.entries()) {
    for (let i = bytes.readUInt16BE(6 + 2 * index); i > 0; i -= 1) {
      const record = recordAt(bytes, at, section);
      if (record === null) return null;
      records.push(record);
      at = record.dataAt + record.dataLength;
    }
  }
  return { questionsEnd, records };
}

function recordAt(
  bytes: Buffer,
  nameAt: number,
  section: FrameRecord["section"],
): FrameRecord | null {
  const at = nameEnd(bytes, nameAt);
  if (at === null || at + 10 > bytes.length) return null;
  const dataLength = bytes.readUInt16BE(at + 8);
  const dataAt = at + 10;
  if (dataAt + dataLength > bytes.length) return null;
  const [type, ttl] = [bytes.readUInt16BE(at), bytes.readUInt32BE(at + 4)];
  return { section, type, ttl, nameAt, dataAt, dataLength };
}

/** The octet after a name in place, its pointer not followed; null where it is no name. */
export function nameEnd(bytes: Buffer, start: number): number | null {
  let at = start;
  while (at < bytes.length && at - start <= MAX_NAME_BYTES) {
    const length = bytes[at]!;
    if (length === 0) return at + 1;
    if (length >= 0xc0) return at + 2 <= bytes.length ? at + 2 : null;
    if (length > 63) return null;
    at += 1 + length;
  }
  return null;
}

/** Whether a name can be read in few steps: pointers lead back only, and neither they nor labels are too many. */
export function nameHolds(bytes: Buffer, start: number): boolean {
  let [at, total, bound] = [start, 0, start];
  for (let jumps = 0; jumps <= MAX_JUMPS;) {
    const length = bytes[at];
    if (length === undefined) return false;
    if (length === 0) return total < MAX_NAME_BYTES;
    if (length >= 0xc0) {
      if (at + 2 > bytes.length) return false;
      at = bytes.readUInt16BE(at) & 0x3fff;
      if (at >= bound) return false;
      bound = at;
      jumps += 1;
    } else {
      total += length + 1;
      if (length > 63 || total >= MAX_NAME_BYTES) return false;
      at += 1 + length;
    }
  }
  return false;
}
