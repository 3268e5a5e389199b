import { createChannels } from "../../src/notify/create-channels.ts";
import { type NotifyEnvironment, readNotifyConfig } from "../../src/notify/config.ts";
import type { Channel, ChannelState } from "../../src/notify/channel.ts";
import type { FindAddresses } from "../../src/notify/http.ts";
import { TEXTS } from "../support/made-up-notices.ts";

/** An environment in which SECRET is set and nothing else. */
export function notifyEnvironment(change: Partial<NotifyEnvironment> = {}): NotifyEnvironment {
  return {
    path: "notify.json",
    variable: (name) => (name === "SECRET" ? "s3cret" : name === "TOKEN" ? "123456:AA-bb" : null),
    toldBy: "channels",
    mail: null,
    ...change,
  };
}

/** A state that is kept in memory. */
export function memoryState(): ChannelState & { kept: Readonly<Record<string, unknown>> } {
  return {
    kept: {},
    read() {
      return Promise.resolve(this.kept);
    },
    write(state) {
      this.kept = state;
      return Promise.resolve();
    },
  };
}

/** The one channel of these settings, as NOTIFY_FILE has them; loopback is allowed unless they say otherwise. */
export function channelOf(
  settings: Readonly<Record<string, unknown>>,
  { state = memoryState(), find }: { state?: ChannelState; find?: FindAddresses } = {},
): Channel {
  const channel =
    settings["kind"] === "email" ? settings : { allow_networks: ["127.0.0.0/8"], ...settings };
  const config = readNotifyConfig(
    JSON.stringify({
      channels: [{ name: "duty", ...channel }],
      routes: [{ match: { min_severity: "critical" }, channels: ["duty"] }],
    }),
    notifyEnvironment(),
  );
  const [made] = createChannels(config.channels, {
    mail: null,
    texts: TEXTS,
    stateOf: () => state,
    ...(find && { find }),
  });
  if (made === undefined) throw new Error("no channel");
  return made.channel;
}
