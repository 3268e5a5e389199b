import type { DeliveryRate } from "../domain/incident/delivery.ts";
import { createAlertmanager } from "./alertmanager.ts";
import type { Channel, ChannelState } from "./channel.ts";
import type { ChannelSettings } from "./config-schema.ts";
import { createEmail, type MailServer } from "./email.ts";
import type { FindAddresses } from "./http.ts";
import { createSms } from "./sms.ts";
import { createTelegram } from "./telegram.ts";
import type { TextSettings } from "./text/text-settings.ts";
import { createWebhook } from "./webhook.ts";
import { createZalo } from "./zalo.ts";

/** What channels need beside their settings. */
export interface ChannelDeps {
  /** Where mail is handed over unless a channel says otherwise; null: channels of mail say so themselves. */
  readonly mail: MailServer | null;
  readonly texts: Omit<TextSettings, "lang">;
  /** Where a channel keeps what it must not forget. */
  readonly stateOf: (channel: { readonly name: string; readonly kind: string }) => ChannelState;
  /** Finds addresses of host names; default the system's way. */
  readonly find?: FindAddresses;
}

/** A channel, and how much it takes; null: as much as there is. */
export interface RatedChannel {
  readonly channel: Channel;
  readonly rate: DeliveryRate | null;
}

/** The channels of a configuration, ready to send; nothing is contacted before the first message. */
export function createChannels(
  settings: readonly ChannelSettings[],
  deps: ChannelDeps,
): RatedChannel[] {
  return settings.map((each) => ({
    channel: createChannel(each, deps),
    rate: "rate" in each ? each.rate : null,
  }));
}

function createChannel(
  settings: ChannelSettings,
  { mail, texts, stateOf, find }: ChannelDeps,
): Channel {
  switch (settings.kind) {
    case "webhook":
      return createWebhook(settings, find);
    case "email":
      return createEmail(settings, mail, texts);
    case "telegram":
      return createTelegram(settings, texts, find);
    case "zalo":
      return createZalo(settings, texts, stateOf(settings), find);
    case "alertmanager":
      return createAlertmanager(settings, texts, find);
    case "sms":
      return createSms(settings, texts, find);
  }
}
