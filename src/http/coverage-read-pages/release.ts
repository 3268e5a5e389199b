import type { Context } from "hono";
import { releaseChanges, summariseChanges } from "../../reports/coverage-releases/changes.ts";
import { countFigures, listReleases } from "../../reports/coverage-releases/list.ts";
import { releasePage } from "../../web/coverage-read/release-page.ts";
import { answerWith } from "../compliance-pages/facts.ts";
import { listName, readQuery } from "../compliance-pages/fields.ts";
import { chunkPosition } from "../coverage-releases/fields.ts";
import { comparedWith, releaseOrThrow } from "../coverage-releases/found.ts";
import { releaseCode } from "../coverage-releases/schemas.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { decodeCursor, encodeCursor } from "../lists/cursor.ts";
import { DEFAULT_LIMIT } from "../lists/fields.ts";
import { notFound } from "../problem.ts";
import { coverageFacts } from "./facts.ts";
import { releaseQuery } from "./fields.ts";
import { shownIndicators } from "./map-read.ts";

/** Nobody has a hundred years of quarters. */
const MOST_RELEASES = 400;

/** GET /coverage/releases/{code}: what is in a release, and what changed in it. */
export function releaseHandler(deps: AppDeps) {
  const { db } = deps;
  return async (c: Context<AppEnv, "/:code">) => {
    const code = c.req.param("code");
    if (!releaseCode.safeParse(code).success) throw notFound(`release ${code}`);
    const { lang, cursor, ...query } = readQuery(c, releaseQuery);
    const { row: release, edition } = await releaseOrThrow(db, code);
    const { since, between } = await comparedWith(db, code, query.since);
    const list = listName(`coverage-release-page ${code}`, query);
    const after = cursor === undefined ? null : decodeCursor(list, cursor, chunkPosition);
    const read = await releaseChanges(db, between, query);
    const { rows, next } = await read({ limit: DEFAULT_LIMIT, after });
    const facts = coverageFacts(c, deps, { asked: lang, madeUp: release.made_up });
    const all = (await listReleases(db, { limit: MOST_RELEASES, after: null })).rows;
    const index = all.findIndex((each) => each.code === code);
    const page = releasePage({
      ...facts,
      release,
      counts: await countFigures(db, edition),
      indicators: (await shownIndicators(deps)).indicators,
      changes: {
        query,
        since,
        earlier: all
          .slice(index + 1)
          .filter((each) => each.as_of <= release.as_of)
          .map((each) => each.code),
        summary: await summariseChanges(db, between),
        rows,
        nextCursor: next && encodeCursor(list, next),
      },
    });
    return answerWith(c, facts.lang, page);
  };
}
