import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { Problem } from "../problem.ts";

/** Wrong keys that one address may try per minute; people mistype a few times, programs try thousands. */
const FAILURES_PER_MINUTE = 10;

/** How many right secrets are remembered; more than this many clients behind bad neighbours do not occur. */
const REMEMBERED = 1000;

/** Limits wrong keys per remote address, before they cost a question to the database. */
export interface Attempts {
  /**
   * Throws 429 when too many wrong secrets came from this address, unless this one was right before: a client
   * with a good key keeps working behind an address that others abuse.
   */
  check(address: string, secret: string): Promise<void>;
  /** Counts a wrong secret; throws 429 when it was one too many. */
  failed(address: string, secret: string): Promise<void>;
  /** Remembers a right secret, by its digest. */
  succeeded(secret: string): void;
}

/** An empty count, in memory. */
export function createAttempts(): Attempts {
  const limiter = new RateLimiterMemory({ points: FAILURES_PER_MINUTE, duration: 60 });
  const right = new Set<string>();
  return {
    async check(address, secret) {
      if (right.has(digestOf(secret))) return;
      const seen = await limiter.get(bucketOf(address));
      if (seen && seen.remainingPoints <= 0) throw tooMany(seen.msBeforeNext);
    },
    async failed(address, secret) {
      right.delete(digestOf(secret));
      try {
        await limiter.consume(bucketOf(address));
      } catch (error) {
        if (error instanceof RateLimiterRes) throw tooMany(error.msBeforeNext);
        throw error;
      }
    },
    succeeded(secret) {
      const digest = digestOf(secret);
      right.delete(digest);
      right.add(digest);
      const [oldest] = right;
      if (right.size > REMEMBERED && oldest !== undefined) right.delete(oldest);
    },
  };
}

function tooMany(waitMs: number): Problem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new Problem(429, `Too many wrong keys from this address: try again in ${seconds} s.`, {
    headers: { "Retry-After": String(seconds) },
  });
}

/** An IPv6 customer has at least a /64 (RFC 6177), so that single addresses of it mean nothing. */
function bucketOf(address: string): string {
  if (!isIPv6(address)) return address;
  const parsed = ipaddr.IPv6.parse(address);
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
  return parsed.parts.slice(0, 4).join(":");
}

function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
