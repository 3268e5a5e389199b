import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { AppEnv } from "../env.ts";
import { Problem } from "../problem.ts";
import { SESSION_MS, type Session, type SignIn } from "./sign-in.ts";

const NAME = "hatangso_session";

/** An open session, and how to end it. */
export interface OpenSession extends Session {
  readonly close: () => void;
}

/**
 * The open session that the request belongs to, or null. One that would change something must also come from our own pages:
 * throws 403 when the browser says otherwise, or says nothing.
 */
export function sessionOf(c: Context<AppEnv>, signIn: SignIn): OpenSession | null {
  const id = getCookie(c, NAME);
  const session = id === undefined ? null : signIn.find(id);
  if (id === undefined || session === null) return null;
  if (!["GET", "HEAD", "OPTIONS"].includes(c.req.method)) demandSameOrigin(c);
  return { ...session, close: () => signIn.close(id) };
}

/** Gives the browser the session: unreadable for scripts, never sent along from other sites. */
export function startSession(c: Context<AppEnv>, session: string): void {
  setCookie(c, NAME, session, {
    httpOnly: true,
    sameSite: "Strict",
    secure: isHttps(c),
    path: "/",
    maxAge: SESSION_MS / 1000,
  });
}

/** Ends the session here and in the browser. Throws 403 when another site asks: the way back is a restart. */
export function endSession(c: Context<AppEnv>, signIn: SignIn): void {
  demandSameOrigin(c);
  const session = deleteCookie(c, NAME, { path: "/", secure: isHttps(c) });
  if (session !== undefined) signIn.close(session);
}

/** Throws 403 for what another site's page sends, or what does not say where it comes from. */
export function demandSameOrigin(c: Context<AppEnv>): void {
  if (isSameOrigin(c)) return;
  throw new Problem(403, "A browser may sign in and write only from the pages of this service.");
}

/** Sec-Fetch-Site where the browser sends it (W3C Fetch Metadata), else the Origin header against Host. */
function isSameOrigin(c: Context<AppEnv>): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  const origin = c.req.header("origin");
  return (
    origin !== undefined && URL.canParse(origin) && new URL(origin).host === c.req.header("host")
  );
}

/** A proxy that ends TLS says so; whoever lies about it only loses their own cookie. */
function isHttps(c: Context<AppEnv>): boolean {
  return c.req.header("x-forwarded-proto") === "https" || c.req.url.startsWith("https:");
}
