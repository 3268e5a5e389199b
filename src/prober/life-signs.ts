/** How a thread is, once a second. */
export interface Beat {
  readonly inFlight: number;
  readonly targets: number;
  readonly loopLagMs: number;
}

/** What every thread says, whatever its work: that it lives, what an order came to, that it has finished. */
export type LifeSign<Answer> =
  | { readonly type: "beat"; readonly beat: Beat }
  | { readonly type: "answered"; readonly id: number; readonly answer: Answer }
  | { readonly type: "refused"; readonly id: number; readonly error: Error }
  | { readonly type: "stopped" };

/** What every thread is told at the end: to finish within the grace, milliseconds. */
export interface StopOrder {
  readonly type: "stop";
  readonly graceMs: number;
}

/** The last thing that a thread is told: to end itself. */
export interface LeaveOrder {
  readonly type: "leave";
}

const SIGNS: ReadonlySet<string> = new Set(["beat", "answered", "refused", "stopped"]);

/** Whether a message is a sign of life; those of one thread all carry the same kind of answer. */
export function isLifeSign<Answer>(message: {
  readonly type: string;
}): message is LifeSign<Answer> {
  return SIGNS.has(message.type);
}
