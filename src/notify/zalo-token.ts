import { createHash } from "node:crypto";
import { done, refused, type Result } from "../domain/result.ts";
import { type ChannelState, problem, type SendProblem } from "./channel.ts";
import type { SettingsOf } from "./config-schema.ts";
import { type HttpDoor, jsonOf, judgeStatus, saidIn } from "./http.ts";

/** What is kept between renewals. */
interface Tokens {
  readonly access: string;
  /** Good for one renewal. */
  readonly refresh: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Of the configured refresh token that these came from: another one begins anew. */
  readonly seed: string;
}

/** Access tokens of an official account, renewed in time. */
export interface ZaloTokens {
  /** A token that should be good now; `stale` was refused just now, whatever its time says. */
  get(context: {
    readonly now: number;
    readonly signal: AbortSignal;
    readonly stale: string | null;
  }): Promise<Result<string, SendProblem>>;
}

/** Renewed that long before its end. */
const EARLY_MS = 300_000;
/** What the service says of itself where it says nothing of the token: 25 h. */
const USUAL_SECONDS = 90_000;

/**
 * Keeps the tokens of one account. Each renewal gives another refresh token and ends the one before, so that renewals
 * come one after another, and what came is kept before it is used.
 */
export function createZaloTokens(
  settings: SettingsOf<"zalo">,
  state: ChannelState,
  door: HttpDoor,
): ZaloTokens {
  const seed = createHash("sha256").update(settings.refresh_token).digest("hex").slice(0, 16);
  let running: Promise<Result<string, SendProblem>> | null = null;
  const known = async (): Promise<Tokens | null> => {
    const kept = readTokens(await state.read());
    return kept?.seed === seed ? kept : null;
  };
  const find: ZaloTokens["get"] = async ({ now, signal, stale }) => {
    const kept = await known();
    if (kept !== null && kept.access !== stale && now < kept.expiresAt - EARLY_MS) {
      return done(kept.access);
    }
    const renewed = await renew(settings, door, kept?.refresh ?? settings.refresh_token, signal);
    if (!renewed.ok) return renewed;
    const { access, refresh, seconds } = renewed.value;
    await state.write({ access, refresh, expiresAt: now + seconds * 1000, seed });
    return done(access);
  };
  return {
    get(context) {
      running ??= find(context).finally(() => (running = null));
      return running;
    },
  };
}

function readTokens(kept: Readonly<Record<string, unknown>>): Tokens | null {
  const { access, refresh, expiresAt, seed } = kept;
  if (typeof access !== "string" || typeof refresh !== "string") return null;
  if (typeof expiresAt !== "number" || typeof seed !== "string") return null;
  return { access, refresh, expiresAt, seed };
}

async function renew(
  { oauth_url: base, app_id, app_secret }: SettingsOf<"zalo">,
  door: HttpDoor,
  refresh: string,
  signal: AbortSignal,
): Promise<Result<{ access: string; refresh: string; seconds: number }, SendProblem>> {
  const form = { app_id, grant_type: "refresh_token", refresh_token: refresh };
  const answer = await door.send({
    method: "POST",
    url: `${base.replace(/\/+$/, "")}/v4/oa/access_token`,
    headers: { secret_key: app_secret, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
    signal,
  });
  if (!answer.ok) return answer;
  const said = jsonOf(answer.value) ?? {};
  const { access_token: access, refresh_token: next, expires_in: seconds } = said;
  if (typeof access === "string" && typeof next === "string") {
    const lasts = Number(seconds);
    return done({ access, refresh: next, seconds: lasts > 0 ? lasts : USUAL_SECONDS });
  }
  // Whatever it says, it can be mended by a new refresh token: the message waits. Its text may repeat what was sent.
  const wrong = judgeStatus({ ...answer.value, quote: "" });
  const why = wrong?.what ?? `error ${saidIn(said["error"], 20)}`;
  return refused(problem(`the access token could not be renewed (${why})`));
}
