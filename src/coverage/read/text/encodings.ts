import iconv from "iconv-lite";
import { fromVni } from "./vni.ts";

/** The encodings that text files come in; the first three are certain, the old ones are told by their spelling. */
export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1258", "tcvn3", "vni"] as const;

export type EncodingName = (typeof ENCODINGS)[number];

export const OLD_ENCODINGS = ["windows-1258", "tcvn3", "vni"] as const;

/** Bytes of one piece; a decoder may be given less at line ends. */
const PIECE_BYTES = 64 * 1024;

/** One piece of text in one of the old encodings, in NFC; combining tone marks of windows-1258 are joined. */
export function decodeOld(bytes: Uint8Array, encoding: (typeof OLD_ENCODINGS)[number]): string {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (encoding === "windows-1258") return iconv.decode(raw, "windows-1258").normalize("NFC");
  // iconv-lite's table is TCVN 5712 VN1, which has TCVN3 (VN3, what .VnTime fonts show) at the same places.
  if (encoding === "tcvn3") return iconv.decode(raw, "tcvn").normalize("NFC");
  return fromVni(iconv.decode(raw, "windows-1252")).normalize("NFC");
}

/** The whole text of a file in pieces, its byte order mark left out; throws a TypeError where it is not valid. */
export async function* decodeText(
  bytes: Uint8Array,
  encoding: EncodingName,
): AsyncGenerator<string> {
  if (isOld(encoding)) {
    for (const piece of piecesAtBreaks(bytes)) {
      yield decodeOld(piece, encoding);
      await breath();
    }
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true });
    await breath();
  }
  yield decoder.decode();
}

function isOld(encoding: EncodingName): encoding is (typeof OLD_ENCODINGS)[number] {
  return OLD_ENCODINGS.some((old) => old === encoding);
}

/** Cuts after a sign, digit or control below `A`: no accent can follow it and change a letter before. */
function* piecesAtBreaks(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    let end = Math.min(at + PIECE_BYTES, bytes.length);
    if (end < bytes.length) {
      let cut = end;
      while (cut > at && (bytes[cut - 1] ?? 0) >= 0x41) cut -= 1;
      if (cut > at) end = cut;
    }
    yield bytes.subarray(at, end);
    at = end;
  }
}

/** Lets everything else that waits in this process go first. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
