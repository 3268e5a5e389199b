import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { promisify } from "node:util";
import { sql } from "kysely";
import type { Database } from "../../src/store/database.ts";

const run = promisify(execFile);

/** The quickest way into PostgreSQL that everybody has: psql's `\copy` of rows that are ready, referring to nothing. */
export interface Peer {
  /** Puts the runs of a span of time, as they are stored, into a file of their own. */
  take(from: number, to: number): Promise<void>;
  /** Copies what was taken into a table of the same shape, indexes and checks included. */
  copy(): Promise<void>;
  close(): Promise<void>;
}

/** Version of psql; null where there is none. */
export async function psqlVersion(): Promise<string | null> {
  try {
    const { stdout } = await run("psql", ["--version"]);
    return /[\d.]+/.exec(stdout)?.[0] ?? "unknown";
  } catch {
    return null;
  }
}

/** Makes the table `copied`; `file` is where rows wait. */
export async function createPeer(db: Database, url: string, file: string): Promise<Peer> {
  const psql = (command: string) => run("psql", ["-X", "-q", "-d", url, "-c", command]);
  await sql`create table copied (like probe_result including all)`.execute(db);
  return {
    take: async (from, to) => {
      const span = [from, to].map((at) => `'${new Date(at).toISOString()}'`);
      const rows = `select * from probe_result where scheduled_at >= ${span[0]} and scheduled_at < ${span[1]} order by scheduled_at`;
      await psql(`\\copy (${rows}) to '${file}'`);
    },
    copy: async () => void (await psql(`\\copy copied from '${file}'`)),
    close: () => rm(file, { force: true }),
  };
}
