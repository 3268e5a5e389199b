import type { Router } from "../../domain/incident/notice.ts";
import type { IncidentPolicy } from "../../domain/incident/policy.ts";
import type { Database } from "../database.ts";
import type { SettleMemory } from "./name-server-book.ts";
import type { SeverityOf } from "./severities.ts";

/** One round of settling: what every step of it works with. */
export interface Round {
  /** Holds `lockIncidents`. */
  readonly trx: Database;
  readonly policy: IncidentPolicy;
  readonly router: Router | null;
  readonly toldBy: "channels" | "prometheus";
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Since when this process has been looking; what was not seen before that proves nothing. */
  readonly watchingSince: number;
  readonly intervalMs: number;
  readonly madeUp: boolean;
  readonly severityOf: SeverityOf;
  readonly memory: SettleMemory;
  /** Notes incidents that changed. */
  readonly note: (ids: readonly number[]) => void;
}
