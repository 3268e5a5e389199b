import type { Database } from "./database.ts";

/** Who writes, as the audit log names them: an API key by its number, or a command, or the service itself. */
export interface Actor {
  readonly keyId: number | null;
  readonly name: string;
}

/** What every audited write needs. */
export interface WriteContext {
  readonly db: Database;
  readonly actor: Actor;
}
