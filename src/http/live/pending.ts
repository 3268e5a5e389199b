import type { LiveEvent } from "../../domain/live.ts";

/** So many numbers fit one message; more of them are told as "many", without any. */
const MAX_IDS = 200;

/** What has changed since it was last told: events of one type become one message. */
export interface Pending {
  add(event: LiveEvent): void;
  /** The most urgent message that waits, as server-sent events are written; null: nothing waits. */
  take(): string | null;
}

/** Nothing has changed yet. */
export function createPending(): Pending {
  const incidents = new Set<number>();
  const portals = new Set<number>();
  // An event of incidents without numbers is one too: maintenance began.
  const waiting = new Set<LiveEvent["type"]>();
  return {
    add(event) {
      waiting.add(event.type);
      if (event.type === "incidents") for (const id of event.ids) incidents.add(id);
      if (event.type === "run") portals.add(event.portal);
    },
    take() {
      if (waiting.delete("incidents")) return message("incidents", listed("ids", incidents));
      if (waiting.delete("vantage")) return message("vantage", {});
      if (waiting.delete("run")) return message("run", listed("portals", portals));
      return null;
    },
  };
}

/** The numbers that were gathered, which are forgotten; nothing where they are too many. */
function listed(name: string, gathered: Set<number>): object {
  const ids = [...gathered].toSorted((one, other) => one - other);
  gathered.clear();
  return ids.length > MAX_IDS ? {} : { [name]: ids };
}

/** One event as the HTML standard's section 9.2 writes it. */
function message(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
