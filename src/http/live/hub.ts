import type { LiveBus } from "../../domain/live.ts";
import { createPending } from "./pending.ts";

/** Streams at once; each is a connection that stays. */
export const MAX_STREAMS = 200;

/** At most one message in this time, so two a second. */
const TICK_MS = 500;
/** Proxies cut connections on which nothing comes. */
const BEAT_MS = 15_000;
/** Whoever may not read any more is found out when their browser comes back. */
const LIFE_MS = 30 * 60_000;
/** What waits for a reader who does not read; then the stream is cut. */
const UNREAD_BYTES = 32 * 1024;

/** Tells everyone who listens over HTTP what the bus tells: the same to all, for it is numbers only. */
export interface LiveHub {
  /** A stream of server-sent events in UTF-8, or null where there are too many, or the service stops. */
  open(): ReadableStream<Uint8Array> | null;
  /** Streams that are open. */
  readonly streams: () => number;
}

/** A hub that listens to the bus while anybody listens to it; `stopping` ends all streams. Durations in milliseconds. */
export function createLiveHub(
  bus: LiveBus,
  stopping: AbortSignal,
  { tickMs = TICK_MS, beatMs = BEAT_MS, lifeMs = LIFE_MS } = {},
): LiveHub {
  /** Each with what ends its life. */
  const open = new Map<Stream, NodeJS.Timeout>();
  const encoder = new TextEncoder();
  let rest: (() => void) | null = null;

  const forget = (stream: Stream) => {
    clearTimeout(open.get(stream));
    open.delete(stream);
    if (open.size > 0) return;
    rest?.();
    rest = null;
  };
  const drop = (stream: Stream) => {
    if (!open.has(stream)) return;
    forget(stream);
    stream.close();
  };
  const send = (text: string) => {
    const bytes = encoder.encode(text);
    for (const stream of open.keys()) {
      if ((stream.desiredSize ?? 0) <= 0) drop(stream);
      else stream.enqueue(bytes);
    }
  };
  const work = () => startWork(bus, send, { tickMs, beatMs });
  stopping.addEventListener("abort", () => [...open.keys()].forEach(drop), { once: true });

  return {
    streams: () => open.size,
    open() {
      if (stopping.aborted || open.size >= MAX_STREAMS) return null;
      let own: Stream;
      return new ReadableStream<Uint8Array>(
        {
          start(stream) {
            own = stream;
            open.set(stream, setTimeout(drop, lifeMs, stream).unref());
            rest ??= work();
            stream.enqueue(encoder.encode("retry: 3000\n\n"));
          },
          cancel: () => forget(own),
        },
        new ByteLengthQueuingStrategy({ highWaterMark: UNREAD_BYTES }),
      );
    },
  };
}

type Stream = ReadableStreamDefaultController<Uint8Array>;

/** Gathers what the bus tells and sends it at each tick; returns how to end it. */
function startWork(
  bus: LiveBus,
  send: (text: string) => void,
  { tickMs, beatMs }: { readonly tickMs: number; readonly beatMs: number },
): () => void {
  const pending = createPending();
  const unsubscribe = bus.subscribe((event) => pending.add(event));
  const tick = setInterval(() => {
    const message = pending.take();
    if (message !== null) send(message);
  }, tickMs);
  const beat = setInterval(() => send(": still here\n\n"), beatMs);
  return () => {
    unsubscribe();
    clearInterval(tick);
    clearInterval(beat);
  };
}
