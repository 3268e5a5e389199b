import type { Context } from "hono";
import type { WriteContext } from "../../store/write-context.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { covers } from "./viewer.ts";

/** What a store function needs to write for the viewer, and to refuse what lies outside the limit of their key. */
export function writeContext(c: Context<AppEnv>, deps: Pick<AppDeps, "db">): WriteContext {
  const viewer = c.get("viewer");
  return {
    db: deps.db,
    actor: viewer.actor,
    mayTouch: (belonging) => covers(viewer, belonging),
  };
}
