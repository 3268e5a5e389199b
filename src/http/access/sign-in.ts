import { createHash, randomBytes } from "node:crypto";

/** How long a link waits to be used, and how long a session lasts, in milliseconds: one working day. */
export const SESSION_MS = 12 * 60 * 60 * 1000;

/** 256 bits: beyond guessing, so that nothing but theft yields one. */
const TOKEN_BYTES = 32;

/** Whose a browser session is: of the key with this number, or of the operator of this machine (null). */
export interface Session {
  readonly keyId: number | null;
}

/** One-time links for the operator of this machine, and the browser sessions that they, or keys, opened. */
export interface SignIn {
  /** A new one-time token; the link is `/sign-in?token=` and this. */
  issue(): string;
  /** Opens a session for an unused token and returns its id; null for a used, old or unknown one. */
  redeem(token: string): string | null;
  /** Opens a session for the holder of a key and returns its id. */
  open(keyId: number): string;
  /** The session with this id, null where none is open. */
  find(session: string): Session | null;
  /** Closes a session; unknown ones are ignored. */
  close(session: string): void;
}

/** Links and sessions in memory, by SHA-256: a restart ends them all, and a memory dump shows none. */
export function createSignIn(options: { clock: () => number }): SignIn {
  const tokens = expiringMap<null>(options.clock);
  const sessions = expiringMap<Session>(options.clock);
  return {
    issue: () => tokens.add(null),
    redeem: (token) => (tokens.take(token) ? sessions.add({ keyId: null }) : null),
    open: (keyId) => sessions.add({ keyId }),
    find: (session) => sessions.get(session),
    close: (session) => void sessions.take(session),
  };
}

/** What random secrets stand for; they are known by their digest until they are taken or too old. */
function expiringMap<Value>(clock: () => number) {
  const entries = new Map<string, { readonly until: number; readonly value: Value }>();
  const sweep = () => {
    for (const [digest, { until }] of entries) if (until <= clock()) entries.delete(digest);
  };
  const live = (secret: string) => {
    const entry = entries.get(digestOf(secret));
    return entry !== undefined && entry.until > clock() ? entry : null;
  };
  return {
    get: (secret: string): Value | null => live(secret)?.value ?? null,
    add(value: Value): string {
      sweep();
      const secret = randomBytes(TOKEN_BYTES).toString("base64url");
      entries.set(digestOf(secret), { until: clock() + SESSION_MS, value });
      return secret;
    },
    take(secret: string): boolean {
      const known = live(secret) !== null;
      entries.delete(digestOf(secret));
      return known;
    },
  };
}

/** Comparing digests in a map leaks nothing about a secret: an attacker cannot steer a SHA-256 bit by bit. */
function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
