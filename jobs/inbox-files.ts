import { constants } from "node:fs";
import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Where files go, beside the folders of the sources. */
const ENDS = { done: "done", refused: "refused" } as const;

export type InboxEnd = keyof typeof ENDS;

/** A file that somebody dropped: `inbox/SOURCE/NAME`. */
export interface DroppedFile {
  /** The folder that it is in: the code of a source. */
  readonly source: string;
  readonly name: string;
  readonly path: string;
}

/** A file that nobody has written to for so long is taken for whole. */
const QUIET_MS = 10_000;

/** Files that copying programs give these names are on their way; what begins with a dot is nobody's report. */
const UNFINISHED = /^[.~]|\.(part|partial|tmp|crdownload|filepart)$/i;

/** Regular files in the folders of sources; links are nobody's report: they could lead anywhere. */
export async function droppedFiles(inbox: string): Promise<DroppedFile[]> {
  const found: DroppedFile[] = [];
  for (const folder of await readdir(inbox, { withFileTypes: true })) {
    if (!folder.isDirectory() || folder.name in ENDS || folder.name.startsWith(".")) continue;
    for (const file of await readdir(join(inbox, folder.name), { withFileTypes: true })) {
      if (!file.isFile() || UNFINISHED.test(file.name)) continue;
      const path = join(inbox, folder.name, file.name);
      found.push({ source: folder.name, name: file.name, path });
    }
  }
  return found.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/**
 * The bytes of a file that is whole, at most `limit` and one more; null while somebody may still be writing it. The
 * time of its last change counts, which copying with the old times does not set back.
 */
export async function readQuiet(
  path: string,
  now: number,
  limit: number,
): Promise<Uint8Array | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const before = await file.stat();
    if (now - Math.max(before.mtimeMs, before.ctimeMs) < QUIET_MS) return null;
    const bytes = Buffer.alloc(Math.min(before.size, limit + 1));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    const after = await file.stat();
    const still = after.size === before.size && after.ctimeMs === before.ctimeMs;
    return still && filled === bytes.length ? bytes : null;
  } finally {
    await file.close();
  }
}

/** What is put beside a file that was dealt with, by the ending of its name. */
export type Beside = Readonly<Record<string, Uint8Array>>;

/**
 * Moves a file that was imported to `done/SOURCE/NUMBER-NAME` or to `refused/…`, with what belongs beside it. What lies
 * beside comes first: whoever dies in between imports it again, which changes nothing, and does this again.
 */
export async function putAway(
  inbox: string,
  file: DroppedFile,
  { end, number, beside }: { end: InboxEnd; number: number; beside: Beside },
): Promise<void> {
  const folder = join(inbox, ENDS[end], file.source);
  await mkdir(folder, { recursive: true });
  const target = join(folder, `${number}-${file.name}`);
  for (const [ending, bytes] of Object.entries(beside)) {
    await writeFile(`${target}.part`, bytes);
    await rename(`${target}.part`, `${target}${ending}`);
  }
  await rm(`${target}.part`, { force: true });
  await rename(file.path, target);
}
