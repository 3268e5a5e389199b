import { crc32, createInflateRaw } from "node:zlib";
import { Readable } from "node:stream";
import {
  MAX_ARCHIVE_ENTRIES,
  MAX_INFLATED_BYTES,
  MAX_INFLATE_RATIO,
  RATIO_FROM_BYTES,
} from "./limits.ts";
import { unsafe } from "./refusal.ts";

/** A file of an archive, as its central directory has it. */
export interface ArchiveEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: Uint8Array;
  readonly size: number;
}

export type Archive = ReadonlyMap<string, ArchiveEntry>;

interface Listed {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly at: number;
}

// Records of APPNOTE 6.3.10: end of central directory 4.3.16, central header 4.3.12, local header 4.3.7.
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const ENCRYPTED = 0x1;

/**
 * The files of a ZIP, listed without inflating anything. hucre's own reader takes sizes as they are declared and up
 * to 2 GiB each; here an archive that declares too much, has entries over one another or twice the same name, or is
 * cut off, is refused before a byte of it is inflated. ZIP64 has no place below 4 GiB and is refused.
 */
export function openArchive(bytes: Uint8Array): Archive {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const listed = list(zip);
  const declared = listed.reduce((sum, { size }) => sum + size, 0);
  if (declared > MAX_INFLATED_BYTES) throw bomb(declared);
  for (const { name, size, packedSize } of listed) {
    if (isTooDense(size, packedSize)) throw bomb(size, name);
  }
  const archive = new Map<string, ArchiveEntry>();
  let end = 0;
  for (const entry of listed.toSorted((one, other) => one.at - other.at)) {
    if ((entry.flags & ENCRYPTED) !== 0) throw unsafe("password_protected");
    if (archive.has(entry.name)) throw unsafe("archive_tricks", { name: entry.name });
    const start = dataStart(zip, entry);
    if (entry.at < end) throw unsafe("archive_tricks", { name: entry.name });
    end = start + entry.packedSize;
    if (end > zip.length) throw unsafe("truncated");
    archive.set(entry.name, { ...entry, packed: zip.subarray(start, end) });
  }
  return archive;
}

/** The content of a file in pieces as the reader asks for them; refused where it is not what was declared. */
export async function* inflate(entry: ArchiveEntry): AsyncGenerator<Uint8Array> {
  let size = 0;
  let sum = 0;
  try {
    for await (const chunk of pieces(entry)) {
      size += chunk.length;
      if (size > entry.size) throw bomb(size, entry.name);
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (cause) {
    if (isDataError(cause)) throw unsafe("truncated", { name: entry.name });
    throw cause;
  }
  if (size !== entry.size || sum !== entry.crc) throw unsafe("truncated", { name: entry.name });
}

/** The whole content of a small file as text, or null where the archive has none of this name. */
export async function readSmall(
  archive: Archive,
  name: string,
  limit: number,
): Promise<Uint8Array | null> {
  const entry = archive.get(name);
  if (!entry) return null;
  if (entry.size > limit) throw unsafe("part_too_large", { name, bytes: entry.size });
  const chunks: Uint8Array[] = [];
  for await (const chunk of inflate(entry)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function pieces(entry: ArchiveEntry): AsyncIterable<Uint8Array> {
  if (entry.method === 0) return Readable.from([entry.packed]);
  if (entry.method !== 8) throw unsafe("truncated", { name: entry.name });
  const inflating = createInflateRaw({ chunkSize: 64 * 1024 });
  inflating.end(entry.packed);
  return inflating;
}

function isDataError(cause: unknown): boolean {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return code.startsWith("Z_");
}

function isTooDense(size: number, packed: number): boolean {
  return size > RATIO_FROM_BYTES && size > packed * MAX_INFLATE_RATIO;
}

function bomb(bytes: number, name = "") {
  return unsafe("zip_bomb", { name, mebibytes: Math.round(bytes / 1024 / 1024) });
}

function list(zip: Buffer): Listed[] {
  const end = findEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  if (count > MAX_ARCHIVE_ENTRIES) throw unsafe("archive_tricks", { name: String(count) });
  const entries: Listed[] = [];
  for (let left = count; left > 0; left -= 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== CENTRAL) throw unsafe("truncated");
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength).replaceAll("\\", "/");
    const field = {
      name: name.replace(/^\//, ""),
      flags: zip.readUInt16LE(at + 8),
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      packedSize: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      at: zip.readUInt32LE(at + 42),
    };
    if (!name.endsWith("/")) entries.push(field);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** The record lies before a comment of at most 65,535 bytes. */
function findEnd(zip: Buffer): number {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 22 - 65_535); at -= 1) {
    if (zip.readUInt32LE(at) === END) return at;
  }
  throw unsafe("truncated");
}

function dataStart(zip: Buffer, { at }: Listed): number {
  if (at + 30 > zip.length || zip.readUInt32LE(at) !== LOCAL) throw unsafe("truncated");
  return at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
}
