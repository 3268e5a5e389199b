import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { listReleases } from "../../reports/coverage-releases/list.ts";
import { releasesPage } from "../../web/coverage-read/releases-page.ts";
import { answerWith } from "../compliance-pages/facts.ts";
import { readQuery } from "../compliance-pages/fields.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { decodeCursor, encodeCursor } from "../lists/cursor.ts";
import { DEFAULT_LIMIT, positionNumber } from "../lists/fields.ts";
import { coverageFacts } from "./facts.ts";
import { releasesQuery } from "./fields.ts";

const position = z.tuple([positionNumber]).readonly();
const LIST = "coverage-release-pages";

/** GET /coverage/releases: every release, for people. */
export function releasesHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const { lang, cursor } = readQuery(c, releasesQuery);
    const after = cursor === undefined ? null : decodeCursor(LIST, cursor, position);
    const { rows, next } = await listReleases(deps.db, { limit: DEFAULT_LIMIT, after });
    const madeUp = rows.some((row) => row.made_up);
    const facts = coverageFacts(c, deps, { asked: lang, madeUp });
    const nextCursor = next && encodeCursor(LIST, next);
    return answerWith(c, facts.lang, releasesPage({ ...facts, rows, nextCursor }));
  };
}
