import { isUtf8 } from "node:buffer";
import { fault, Refusal, unsafe } from "../refusal.ts";
import { decodeOld, type EncodingName, OLD_ENCODINGS } from "./encodings.ts";
import { type Spelling, spellingOf } from "./vietnamese.ts";

/** How the text of a file is to be decoded. */
export interface Detected {
  readonly encoding: EncodingName;
  /** It was told from the spelling, and may be wrong. */
  readonly guessed: boolean;
  /** Bytes of the byte order mark, to be left out. */
  readonly mark: number;
}

/** Bytes that are looked at for UTF-16 and, around letters beyond ASCII, for old encodings. */
const LOOK_AT_BYTES = 64 * 1024;

/** The best reading must be mostly Vietnamese, clearly better than the next, and of more than one word. */
const LEAST_SHARE = 0.6;
const LEAST_LEAD = 0.2;
const LEAST_WORDS = 2;

/** Share of valid UTF-8 sequences from which on a file is UTF-8 that was damaged, and not another encoding. */
const MOSTLY_UTF8 = 0.8;

/**
 * The encoding of a text file: by its byte order mark, by the zero bytes of UTF-16, by being valid UTF-8, and else by
 * which of windows-1258, TCVN3 and VNI makes Vietnamese of it. Refused (V15) where none clearly does.
 */
export function detectEncoding(bytes: Uint8Array): Detected {
  const certain = byMark(bytes) ?? byZeros(bytes);
  if (certain) return certain;
  if (bytes.includes(0)) throw unsafe("nul_bytes");
  if (isUtf8(bytes)) return { encoding: "utf-8", guessed: false, mark: 0 };
  const sample = linesBeyondAscii(bytes);
  if (utf8Share(sample) >= MOSTLY_UTF8) {
    throw new Refusal(fault("V15", "reject_file", "broken_utf8"));
  }
  return { encoding: bySpelling(sample), guessed: true, mark: 0 };
}

function byMark(bytes: Uint8Array): Detected | null {
  const [first, second, third, fourth] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return marked("utf-8", 3);
  // UTF-32 begins like UTF-16, with two zeros after it; nobody saves tables in it.
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0) throw unsafe("nul_bytes");
  if (first === 0xff && second === 0xfe) return marked("utf-16le", 2);
  if (first === 0xfe && second === 0xff) return marked("utf-16be", 2);
  return null;
}

function marked(encoding: EncodingName, mark: number): Detected {
  return { encoding, guessed: false, mark };
}

/** Digits and separators of a table have one zero byte each in UTF-16, always on the same side. */
function byZeros(bytes: Uint8Array): Detected | null {
  const look = bytes.subarray(0, LOOK_AT_BYTES);
  const zeros = [0, 0];
  look.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros.map((count) => count / (look.length / 2));
  if (look.length < 4 || bytes.length % 2 !== 0) return null;
  if (odd > 0.3 && even < 0.01) return marked("utf-16le", 0);
  if (even > 0.3 && odd < 0.01) return marked("utf-16be", 0);
  return null;
}

function bySpelling(sample: Uint8Array): EncodingName {
  const readings = OLD_ENCODINGS.map((encoding) => {
    const text = decodeOld(sample, encoding);
    return { encoding, text, spelling: spellingOf(text) };
  }).toSorted((one, other) => other.spelling.share - one.spelling.share);
  const [best, next] = readings;
  if (best && next && isClear(best.spelling, next.spelling)) return best.encoding;
  throw new Refusal(
    fault("V15", "reject_file", "undecidable", {
      readings: readings.map(
        ({ encoding, text }) => `${encoding}: ${text.replace(/\s+/g, " ").slice(0, 60)}`,
      ),
    }),
  );
}

function isClear(best: Spelling, next: Spelling): boolean {
  return (
    best.syllables >= LEAST_WORDS &&
    best.share >= LEAST_SHARE &&
    best.share - next.share >= LEAST_LEAD
  );
}

/** Lines with bytes beyond ASCII, from wherever they are. */
function linesBeyondAscii(bytes: Uint8Array): Uint8Array {
  const lines: Uint8Array[] = [];
  let length = 0;
  for (let at = 0; at < bytes.length && length < LOOK_AT_BYTES;) {
    const next = bytes.indexOf(0x0a, at);
    const end = next < 0 ? bytes.length : next + 1;
    const line = bytes.subarray(at, Math.min(end, at + LOOK_AT_BYTES));
    if (line.some((byte) => byte > 0x7f)) {
      lines.push(line);
      length += line.length;
    }
    at = end;
  }
  return Buffer.concat(lines);
}

/** Of the runs of bytes beyond ASCII, how many are valid UTF-8 by themselves. */
function utf8Share(bytes: Uint8Array): number {
  let runs = 0;
  let valid = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const start = at;
    while (at < bytes.length && (bytes[at] ?? 0) >= 0x80) at += 1;
    runs += 1;
    if (isUtf8(bytes.subarray(start, at))) valid += 1;
  }
  return runs === 0 ? 0 : valid / runs;
}
