import type { Context } from "hono";
import type { Between } from "../../reports/coverage-releases/changed-figures.ts";
import { isLater } from "../../reports/coverage-releases/changes.ts";
import { findRelease, releaseBefore } from "../../reports/coverage-releases/list.ts";
import type { Database } from "../../store/database.ts";
import type { AppEnv } from "../env.ts";
import { notFound, Problem } from "../problem.ts";

/** Before everything: what a first release is compared with. */
const NOTHING = { asOf: "0001-01-01", cut: 0 };

/** The release of this code. Throws 404 where there is none. */
export async function releaseOrThrow(db: Database, code: string) {
  const found = await findRelease(db, code);
  if (found === null) throw notFound(`release ${code}`);
  return found;
}

/**
 * A release and what it is compared with: the one that is named, else the one before it, else nothing at all. Throws
 * 404 where there is no such release, 400 where the named one is the later of the two.
 */
export async function comparedWith(
  db: Database,
  code: string,
  since: string | undefined,
): Promise<{ readonly since: string | null; readonly between: Between }> {
  const { edition: to } = await releaseOrThrow(db, code);
  const earlier = since ?? (await releaseBefore(db, code));
  if (earlier === null) return { since: null, between: { from: NOTHING, to } };
  const { edition: from } = await releaseOrThrow(db, earlier);
  if (!isLater({ from, to })) {
    throw new Problem(400, `The release ${earlier} is not earlier than ${code}.`, {
      errors: [
        {
          field: "query.since",
          detail: "must be of the same or an earlier quarter, and known before",
        },
      ],
    });
  }
  return { since: earlier, between: { from, to } };
}

/** What a plan is compared with: the release before it, else nothing at all. */
export async function editionBefore(db: Database, code: string | null) {
  return code === null ? NOTHING : (await releaseOrThrow(db, code)).edition;
}

/**
 * Sets the entity tag of content with this SHA-256, and says whether the client has it already (RFC 9110 section
 * 13.1.2): then the answer is 304 without a body.
 */
export function isKnown(c: Context<AppEnv>, sha256: string): boolean {
  const tag = `"${sha256}"`;
  c.header("ETag", tag);
  c.header("Cache-Control", "no-cache");
  const asked = c.req.header("if-none-match") ?? "";
  return asked.split(",").some((each) => [tag, `W/${tag}`, "*"].includes(each.trim()));
}
