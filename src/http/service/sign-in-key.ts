import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { findKey } from "../../store/api-keys.ts";
import { LANGS, pickLang } from "../../web/lang.ts";
import { type SignInNote, signInPage } from "../../web/sign-in-page.ts";
import type { Attempts } from "../access/attempts.ts";
import { remoteAddress } from "../access/authenticate.ts";
import { demandSameOrigin, startSession } from "../access/session-cookie.ts";
import { limitBody } from "../define-route.ts";
import type { AppDeps } from "../deps.ts";
import { type AppEnv, newApi } from "../env.ts";
import { Problem } from "../problem.ts";

const HOME = "/";

/** A path of ours: with two slashes, or a backslash that browsers take for one, it would be another host's. */
const ownPath = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])[\x21-\x7e]*$/)
  .catch(HOME);

const form = z.object({ key: z.string().trim().max(500).catch(""), next: ownPath.default(HOME) });

/**
 * POST /sign-in opens a browser session for the holder of a key: with the key's role and limits, under its name. The key
 * comes in the body alone, so that no address and no log ever holds it.
 */
export function signInWithKey(deps: Pick<AppDeps, "db" | "signIn">, attempts: Attempts) {
  const app = newApi();
  app.post("/sign-in", limitBody, async (c) => {
    demandSameOrigin(c);
    const { key, next } = form.parse(await c.req.parseBody());
    if (key === "") return askForKey(c, { next, note: "empty" }, 400);
    const address = remoteAddress(c);
    const id = await keyHeldBy(deps, attempts, { address, key });
    if (id === "too_many") return askForKey(c, { next, note: "too_many" }, 429);
    if (id === null) return askForKey(c, { next, note: "wrong" }, 403);
    startSession(c, deps.signIn.open(id));
    return c.redirect(next, 303);
  });
  return app;
}

/** Answers with the form that asks for a key, in the reader's language. */
export function askForKey(
  c: Context<AppEnv>,
  { next, note }: { readonly next: string | undefined; readonly note: SignInNote | null },
  status: 200 | 400 | 401 | 403 | 429 = 200,
): Response | Promise<Response> {
  const asked = LANGS.find((lang) => lang === c.req.query("lang"));
  const lang = pickLang(asked, c.req.header("accept-language"));
  c.header("Vary", "Accept-Language, Cookie");
  c.header("Content-Language", lang);
  const page = signInPage({ lang, next: ownPath.parse(next ?? HOME), note });
  return c.html(page, status);
}

async function keyHeldBy(
  { db }: Pick<AppDeps, "db">,
  attempts: Attempts,
  { address, key }: { readonly address: string; readonly key: string },
): Promise<number | null | "too_many"> {
  try {
    await attempts.check(address, key);
    const held = await findKey(db, key);
    if (held === null) await attempts.failed(address, key);
    else attempts.succeeded(key);
    return held?.id ?? null;
  } catch (error) {
    // People get the form again, not a problem document.
    if (error instanceof Problem && error.status === 429) return "too_many";
    throw error;
  }
}
