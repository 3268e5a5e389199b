import { sql } from "kysely";
import type { Database } from "../../src/store/database.ts";
import { median } from "../kit/row.ts";
import type { ServerProcess } from "../serving/child.ts";
import { serverCpuMs } from "../store/server-cost.ts";
import { QUARTER, VANTAGE } from "./world.ts";

/** What answers of one kind took in a round, milliseconds: the median of the first time each, and of the second. */
export interface Took {
  readonly first: number;
  readonly again: number;
  /** CPU of this service and of the database per answer, all of them together. */
  readonly cpu: number;
}

/** Asks for each path twice in a row; throws unless it is answered with 200. */
export async function ask(
  service: ServerProcess,
  database: number,
  paths: readonly string[],
): Promise<Took> {
  const [own, others] = [await service.cost(), await serverCpuMs(database)];
  const first: number[] = [];
  const again: number[] = [];
  for (const path of paths) {
    for (const times of [first, again]) {
      const began = performance.now();
      const answer = await fetch(service.url + path);
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`);
      times.push(performance.now() - began);
    }
  }
  const spent = (await service.cost()).cpuMs - own.cpuMs + (await serverCpuMs(database)) - others;
  return { first: median(first), again: median(again), cpu: spent / (paths.length * 2) };
}

/** The same for rows alone, as they stand behind answers: what nobody who reads them can be quicker than. */
export async function read(works: readonly (() => Promise<unknown>)[]): Promise<Took> {
  const first: number[] = [];
  const again: number[] = [];
  for (const work of works) {
    for (const times of [first, again]) {
      const began = performance.now();
      await work();
      times.push(performance.now() - began);
    }
  }
  return { first: median(first), again: median(again), cpu: Number.NaN };
}

/** A portal's days of a quarter, by the primary key. */
export async function daysOfPortal(db: Database, slug: string): Promise<void> {
  await sql`select r.* from probe_rollup_day r where r.portal_id = (select id from portal where slug = ${slug})
    and r.vantage_id = (select id from vantage where name = ${VANTAGE}) and r.day >= ${QUARTER.from}::date`.execute(
    db,
  );
}

/** One figure of all days of a quarter of an agency's portals, by the primary key. */
export async function daysOfAgency(db: Database, slug: string): Promise<void> {
  await sql`select sum(r.ok) from portal p join probe_rollup_day r on r.portal_id = p.id
    where p.agency_id = (select id from agency where slug = ${slug})
      and r.vantage_id = (select id from vantage where name = ${VANTAGE}) and r.day >= ${QUARTER.from}::date`.execute(
    db,
  );
}
