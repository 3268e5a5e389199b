import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import { breathe } from "./breathe.ts";
import type { Database } from "./database.ts";

/** As one value a file of 14 MB took the embedded database 400 MB, for good, and four seconds. */
const PIECE_BYTES = 32 * 1024;
const PIECES_A_STATEMENT = 16;

/** The fastest level: tables shrink to a fifth with it, and spreadsheets are compressed already. */
const LEVEL = 1;

/** A stored file. */
export interface StoredFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Keeps the file of a submission, in small pieces. Call it in the transaction that adds the submission. */
export async function addFile(trx: Database, submission: number, file: Uint8Array): Promise<void> {
  const deflated = await promisify(deflateRaw)(file, { level: LEVEL });
  const pieces = Math.ceil(deflated.length / PIECE_BYTES);
  for (let first = 0; first < pieces; first += PIECES_A_STATEMENT) {
    const count = Math.min(PIECES_A_STATEMENT, pieces - first);
    const values = Array.from({ length: count }, (_, index) => {
      const number = first + index;
      const piece = deflated.subarray(number * PIECE_BYTES, (number + 1) * PIECE_BYTES);
      return { submission_id: submission, number, deflated: piece };
    });
    await trx.insertInto("submission_piece").values(values).execute();
    await breathe();
  }
}

/** The file of a submission as it came; null where there is none, or it was not kept. */
export async function submittedFile(db: Database, id: number): Promise<StoredFile | null> {
  const submission = await db
    .selectFrom("submission")
    .select("file_name")
    .where("id", "=", id)
    .executeTakeFirst();
  const pieces: Uint8Array[] = [];
  for (;;) {
    const found = await db
      .selectFrom("submission_piece")
      .select("deflated")
      .where("submission_id", "=", id)
      .where("number", ">=", pieces.length)
      .orderBy("number")
      .limit(PIECES_A_STATEMENT)
      .execute();
    pieces.push(...found.map(({ deflated }) => deflated));
    if (found.length < PIECES_A_STATEMENT) break;
  }
  if (submission === undefined || pieces.length === 0) return null;
  return { name: submission.file_name, bytes: await promisify(inflateRaw)(Buffer.concat(pieces)) };
}
