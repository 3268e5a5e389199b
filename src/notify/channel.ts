import type { NotifyMessage } from "../domain/incident/notice.ts";
import type { Result } from "../domain/result.ts";

/** Kinds of channels, as the configuration names them. */
export const CHANNEL_KINDS = [
  "webhook",
  "email",
  "telegram",
  "zalo",
  "alertmanager",
  "sms",
] as const;

export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** What a channel is given beside the message. */
export interface SendContext {
  /** The same at every try of one notification, another for every other one. */
  readonly dedupeKey: string;
  /** What the receiver called the message that told the opening, for an answer to it; null: none, or not told here. */
  readonly receipt: string | null;
  /** What an earlier try of this notification left done; null: nothing. */
  readonly progress: string | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Ends the try: its time is over. */
  readonly signal: AbortSignal;
}

/** What came of a try that worked. */
export interface Sent {
  /** What the receiver calls the message; null: it does not say. */
  readonly receipt: string | null;
  /** What did not work all the same (one of several receivers), in one line without secrets; null: all did. */
  readonly note: string | null;
}

/** Why a message was not taken. */
export interface SendProblem {
  /** The same would be refused again. */
  readonly permanent: boolean;
  /** In one line, without any secret. */
  readonly what: string;
  /** How long the receiver asks to be left alone, milliseconds; null: it does not say. */
  readonly retryAfterMs: number | null;
  /** What is done all the same, for the next try's `progress`. */
  readonly progress: string | null;
}

/** One incident as a channel has told it so far, oldest first, never empty. */
export type ToldIncident = readonly NotifyMessage[];

/** One way to tell somebody. A fault of ours throws, everything else is a value. */
export interface Channel {
  readonly name: string;
  readonly kind: ChannelKind;
  send(message: NotifyMessage, context: SendContext): Promise<Result<Sent, SendProblem>>;
  /** Only of channels that must be told again and again what is open. */
  readonly sync?: ChannelSync;
  close(): void;
}

/** The repetition that a receiver needs to go on believing. */
export interface ChannelSync {
  /** How often, milliseconds. */
  readonly everyMs: number;
  /** How long after its end an incident is still told, milliseconds. */
  readonly afterEndMs: number;
  /** Tells how all these stand now. */
  send(
    incidents: readonly ToldIncident[],
    context: Pick<SendContext, "now" | "signal">,
  ): Promise<Result<Sent, SendProblem>>;
}

/** A problem with the usual values. */
export function problem(what: string, rest: Partial<SendProblem> = {}): SendProblem {
  return { permanent: false, retryAfterMs: null, progress: null, ...rest, what };
}

/** Where a channel keeps what it must not forget, such as renewed tokens. */
export interface ChannelState {
  read(): Promise<Readonly<Record<string, unknown>>>;
  write(state: Readonly<Record<string, unknown>>): Promise<void>;
}
