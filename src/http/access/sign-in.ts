import { createHash, randomBytes } from "node:crypto";

/** How long a link waits to be used, and how long a session lasts, in milliseconds: one working day. */
export const SESSION_MS = 12 * 60 * 60 * 1000;

/** 256 bits: beyond guessing, so that nothing but theft yields one. */
const TOKEN_BYTES = 32;

/** One-time links for the operator of this machine, and the browser sessions that they opened. */
export interface SignIn {
  /** A new one-time token; the link is `/sign-in?token=` and this. */
  issue(): string;
  /** Opens a session for an unused token and returns its id; null for a used, old or unknown one. */
  redeem(token: string): string | null;
  /** Whether this session id is open. */
  isOpen(session: string): boolean;
  /** Closes a session; unknown ones are ignored. */
  close(session: string): void;
}

/** Links and sessions in memory, by SHA-256: a restart ends them all, and a memory dump shows none. */
export function createSignIn(options: { clock: () => number }): SignIn {
  const tokens = expiringSet(options.clock);
  const sessions = expiringSet(options.clock);
  return {
    issue: () => tokens.add(),
    redeem: (token) => (tokens.take(token) ? sessions.add() : null),
    isOpen: (session) => sessions.has(session),
    close: (session) => void sessions.take(session),
  };
}

/** Random secrets that are known by their digest until they are taken or too old. */
function expiringSet(clock: () => number) {
  const expiry = new Map<string, number>();
  const sweep = () => {
    for (const [digest, until] of expiry) if (until <= clock()) expiry.delete(digest);
  };
  const has = (secret: string) => (expiry.get(digestOf(secret)) ?? 0) > clock();
  return {
    has,
    add(): string {
      sweep();
      const secret = randomBytes(TOKEN_BYTES).toString("base64url");
      expiry.set(digestOf(secret), clock() + SESSION_MS);
      return secret;
    },
    take(secret: string): boolean {
      const known = has(secret);
      expiry.delete(digestOf(secret));
      return known;
    },
  };
}

/** Comparing digests in a map leaks nothing about a secret: an attacker cannot steer a SHA-256 bit by bit. */
function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
