import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { UsageError } from "../domain/usage-error.ts";

/** What PostgreSQL uses by default. */
const ITERATIONS = 4096;
const SALT_BYTES = 16;

/**
 * What PostgreSQL stores of a password (RFC 5803, SCRAM-SHA-256): sent instead of it, the password is neither in a
 * statement nor in the server's log. Throws UsageError for characters that would have to be prepared first (RFC 4013).
 */
export function scramVerifier(
  password: string,
  salt: Uint8Array = randomBytes(SALT_BYTES),
): string {
  if (!/^[\x20-\x7e]+$/.test(password)) {
    throw new UsageError(
      "The password is empty or has characters that are not plain ASCII. Use letters, digits and signs of ASCII.",
    );
  }
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, "sha256");
  const keyOf = (name: string) => createHmac("sha256", salted).update(name).digest();
  const stored = createHash("sha256").update(keyOf("Client Key")).digest("base64");
  const server = keyOf("Server Key").toString("base64");
  return `SCRAM-SHA-256$${ITERATIONS}:${Buffer.from(salt).toString("base64")}$${stored}:${server}`;
}
