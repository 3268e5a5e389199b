import type { NotifyConfig } from "./config.ts";
import type { ChannelSettings, RouteSettings } from "./config-schema.ts";

/** What a configuration does, in lines for people, without any secret. */
export function configWords({ channels, routes, heartbeat }: NotifyConfig): string[] {
  return [
    "Channels:",
    ...channels.map(
      (channel) => `  ${channel.name}: ${channelWords(channel)}${rateWords(channel)}`,
    ),
    routes.length === 0 ? "Routes: none, nobody is told." : "Routes (all that match speak):",
    ...routes.flatMap((route, at) =>
      routeWords(route).map((line, first) =>
        first === 0 ? `  ${at + 1}. ${line}` : `     ${line}`,
      ),
    ),
    heartbeat === null
      ? "Heartbeat: none; nobody notices when this service dies."
      : `Heartbeat: after each full round of probes, within ${heartbeat.timeout_seconds} s.`,
  ];
}

function channelWords(channel: ChannelSettings): string {
  switch (channel.kind) {
    case "webhook":
      return `webhook at ${hostOf(channel.url)}, signed`;
    case "email":
      return `mail to ${channel.to.map(({ address, lang }) => `${address} (${lang})`).join(", ")}`;
    case "telegram":
      return `Telegram chat ${channel.chat} (${channel.lang})`;
    case "zalo":
      return `Zalo, ${count(channel.users.length, "user")} (${channel.lang})`;
    case "alertmanager":
      return `Alertmanager at ${channel.peers.map(hostOf).join(", ")}, repeated every ${channel.resend_seconds} s`;
    case "sms":
      return `short messages to ${channel.to.join(", ")} through ${hostOf(channel.url)}, at most ${count(channel.max_segments, "part")}`;
  }
}

/** Paths and queries can hold secrets. */
const hostOf = (url: string) => new URL(url).host;

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;

function rateWords(channel: ChannelSettings): string {
  if (!("rate" in channel) || channel.rate === null) return "";
  const { per_minute: perMinute, burst } = channel.rate;
  return `; at most ${burst} at once and ${perMinute} a minute, the rest together in one`;
}

function routeWords({ match, channels, escalate = [] }: RouteSettings): string[] {
  return [
    `${matchWords(match)}: ${channels.join(", ")}`,
    ...escalate.map(
      (step) =>
        `after ${count(step.after_minutes, "minute")} without an acknowledgement: ${step.channels.join(", ")}`,
    ),
  ];
}

function matchWords(match: RouteSettings["match"]): string {
  if (match === undefined) return "everything";
  const { kinds, min_severity: least, agencies, provinces, hours } = match;
  const parts = [
    kinds === undefined ? null : `kind ${kinds.join(" or ")}`,
    least === undefined ? null : least === "critical" ? "only critical" : `${least} or worse`,
    agencies === undefined ? null : `agency ${agencies.join(" or ")}`,
    provinces === undefined ? null : `province ${provinces.join(" or ")}`,
    hours === undefined
      ? null
      : `${hours.from} to ${hours.to} on ${hours.days.join(", ")} (${hours.timezone})`,
  ];
  return parts.filter((part) => part !== null).join("; ");
}
