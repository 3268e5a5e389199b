import type { Database } from "./database.ts";

/** Who writes, as the audit log names them: an API key by its number, or a command, or the service itself. */
export interface Actor {
  readonly keyId: number | null;
  readonly name: string;
}

/** What a thing belongs to: an agency's id and a province's code. */
export interface Belonging {
  readonly agency: string;
  readonly province: string | null;
}

/** What every audited write needs. */
export interface WriteContext {
  readonly db: Database;
  readonly actor: Actor;
  /**
   * Whether the writer may touch what belongs there; asked inside the transaction, so that what was looked up stays
   * true until the write is done. Absent: everything.
   */
  readonly mayTouch?: (belonging: Belonging) => boolean;
}

/** The refusal of a write that lies outside what the writer is limited to. */
export interface NotCovered {
  readonly kind: "not_covered";
}

/** Whether the context lets its writer touch all of these. */
export function mayTouchAll(context: WriteContext, belongings: readonly Belonging[]): boolean {
  const { mayTouch } = context;
  return mayTouch === undefined || belongings.every((belonging) => mayTouch(belonging));
}
