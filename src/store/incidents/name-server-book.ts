import { sql } from "kysely";
import type { Database } from "../database.ts";

/** What rounds remember between them; that it is lost matters to nobody. */
export interface SettleMemory {
  /** By portal, the name servers of its zone as one text. */
  nameServers: ReadonlyMap<number, string>;
  /** When they were read, milliseconds since the epoch. */
  readAt: number;
  /** Of what no channel wanted, how many were asked again in this turn. */
  askedAgain: number;
}

/** Nothing is remembered yet. */
export function createSettleMemory(): SettleMemory {
  return { nameServers: new Map(), readAt: Number.NEGATIVE_INFINITY, askedAgain: 0 };
}

const HOUR_MS = 3_600_000;
/** Portals that one statement reads the zones of. */
const CHUNK = 1000;
/** Longest text of a set of name servers: subjects have 300 characters. */
const MAX_TEXT = 250;

/** Reads the zones that the last audits saw, at most once an hour: delegations seldom change. */
export async function refreshNameServers(
  db: Database,
  memory: SettleMemory,
  now: number,
): Promise<void> {
  if (now - memory.readAt < HOUR_MS && now >= memory.readAt) return;
  const found = new Map<number, string>();
  for (let after = 0; ;) {
    const rows = await readChunk(db, after);
    for (const { portal, names } of rows) if (names) found.set(portal, textOf(names));
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.portal;
  }
  memory.nameServers = found;
  memory.readAt = now;
}

async function readChunk(db: Database, after: number) {
  const { rows } = await sql<{ portal: number; names: string[] | null }>`
    select portal.id as portal, (
      select array_agg(lower(server->>'name') order by lower(server->>'name'))
      from jsonb_array_elements(case when jsonb_typeof(part.body->'servers') = 'array'
        then part.body->'servers' else '[]' end) as server) as names
    from (select id from portal where id > ${after} and lifecycle in ('active', 'redirected_to_dvcqg')
      order by id limit ${CHUNK}) portal
    left join lateral (select zone from audit where audit.portal_id = portal.id
      order by started_at desc limit 1) last on true
    left join observation_part part on part.digest = last.zone
    order by portal.id`.execute(db);
  return rows;
}

/** The names, sorted, as many as fit, and how many more there are. */
function textOf(names: readonly string[]): string {
  let text = "";
  for (const [index, name] of names.entries()) {
    const longer = text === "" ? name : `${text},${name}`;
    if (longer.length > MAX_TEXT) return `${text}+${names.length - index}`;
    text = longer;
  }
  return text;
}
