import { createHash, timingSafeEqual } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";
import { findKey, keyInForce, touchKey } from "../../store/api-keys.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { Problem } from "../problem.ts";
import type { Attempts } from "./attempts.ts";
import { sessionOf } from "./session-cookie.ts";
import { anonymous, keyHolder, operatorHere, scraper, type Viewer } from "./viewer.ts";

/**
 * Finds out who asks: a key (`Authorization: Bearer`), METRICS_TOKEN, a session, or nobody. A wrong key is refused
 * with 401 also where no key is needed, so that a mistake does not go unseen; too many of them with 429.
 */
export function authenticate(
  deps: Pick<AppDeps, "db" | "config" | "signIn" | "clock">,
  attempts: Attempts,
): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    c.set("viewer", await viewerOf(c, deps, attempts));
    await next();
  };
}

async function viewerOf(
  c: Context<AppEnv>,
  deps: Pick<AppDeps, "db" | "config" | "signIn" | "clock">,
  attempts: Attempts,
): Promise<Viewer> {
  const header = c.req.header("authorization");
  if (header === undefined) return browserOf(c, deps);
  const secret = /^Bearer +([\x21-\x7e]{1,500})$/i.exec(header)?.[1];
  if (secret === undefined) throw unauthorized("Authorization must be `Bearer` and a key.");
  const address = remoteAddress(c);
  await attempts.check(address, secret);
  if (deps.config.metricsToken !== null && equalSecrets(secret, deps.config.metricsToken)) {
    attempts.succeeded(secret);
    return scraper();
  }
  const key = await findKey(deps.db, secret);
  if (key === null) {
    await attempts.failed(address, secret);
    throw unauthorized("This key is not known, or it was revoked.");
  }
  attempts.succeeded(secret);
  await touchKey(deps.db, key.id, new Date(deps.clock()));
  return keyHolder(key);
}

/** A session lasts no longer than its key, whose limits are asked anew at each request. */
async function browserOf(
  c: Context<AppEnv>,
  { db, signIn, clock }: Pick<AppDeps, "db" | "signIn" | "clock">,
): Promise<Viewer> {
  const session = sessionOf(c, signIn);
  if (session === null) return anonymous();
  if (session.keyId === null) return operatorHere();
  const key = await keyInForce(db, session.keyId);
  if (key === null) {
    session.close();
    return anonymous();
  }
  await touchKey(db, key.id, new Date(clock()));
  return { ...keyHolder(key), signedIn: true };
}

/** 401 with the challenge that RFC 6750 wants. */
export function unauthorized(detail: string): Problem {
  return new Problem(401, detail, { headers: { "WWW-Authenticate": 'Bearer realm="hatangso"' } });
}

/** The address that the connection comes from; behind a reverse proxy, the proxy's. */
export function remoteAddress(c: Context<AppEnv>): string {
  return getConnInfo(c).remote.address ?? "unknown";
}

/** Compares in a time that depends on neither text: digests have one length. */
function equalSecrets(one: string, other: string): boolean {
  return timingSafeEqual(digestOf(one), digestOf(other));
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
