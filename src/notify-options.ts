import type { Config } from "./config.ts";
import { createChannels, type RatedChannel } from "./notify/create-channels.ts";
import { type NotifyConfig, readNotifyConfig } from "./notify/config.ts";
import type { Database } from "./store/database.ts";
import { readChannelState, writeChannelState } from "./store/notify-channels.ts";

/** What NOTIFY_FILE says, with its secrets; null: there is none. Throws UsageError for one that can't be used. */
export function configuredNotify(
  config: Pick<Config, "notifyFile" | "variable" | "incidentsToldBy" | "mail">,
): NotifyConfig | null {
  const { notifyFile, variable, incidentsToldBy: toldBy, mail } = config;
  if (notifyFile === null) return null;
  return readNotifyConfig(notifyFile.text, { path: notifyFile.path, variable, toldBy, mail });
}

/** The channels of a configuration, ready to send; what they must not forget is kept in the database. */
export function configuredChannels(
  db: Database,
  config: Pick<Config, "mail" | "reportTimezone" | "publicUrl">,
  notify: NotifyConfig,
  clock: () => number,
): RatedChannel[] {
  return createChannels(notify.channels, {
    mail: config.mail,
    texts: { timezone: config.reportTimezone, publicUrl: config.publicUrl },
    stateOf: (channel) => ({
      read: () => readChannelState(db, channel.name),
      write: (state) => writeChannelState(db, channel, state, new Date(clock())),
    }),
  });
}
