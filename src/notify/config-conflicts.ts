import type { ChannelSettings, RouteSettings } from "./config-schema.ts";

/** What is judged as a whole, after each part was found good. */
export interface WholeConfig {
  readonly channels: readonly ChannelSettings[];
  readonly routes: readonly RouteSettings[];
  readonly toldBy: "channels" | "prometheus";
  /** Whether the environment says where mail is handed over. */
  readonly mail: boolean;
}

/** What contradicts itself, in one sentence that says what to choose; null: nothing. */
export function findConflict(config: WholeConfig): string | null {
  return (
    twice(config.channels) ??
    noMailServer(config) ??
    unknownChannel(config) ??
    toldByPrometheus(config) ??
    unusedChannel(config) ??
    smsForAll(config) ??
    alertmanagerBeside(config)
  );
}

function twice(channels: readonly ChannelSettings[]): string | null {
  const at = channels.findIndex(({ name }, at) =>
    channels.slice(0, at).some((other) => other.name === name),
  );
  return at < 0 ? null : `channels[${at}].name: "${channels[at]?.name}" is taken already.`;
}

function noMailServer({ channels, mail }: WholeConfig): string | null {
  const at = channels.findIndex(
    (channel) =>
      channel.kind === "email" &&
      !mail &&
      (channel.smtp === undefined || channel.from === undefined),
  );
  return at < 0
    ? null
    : `channels[${at}]: no mail server. Set SMTP_URL and SMTP_FROM, or give smtp and from here.`;
}

/** Where a route names channels, and which. */
function mentions(routes: readonly RouteSettings[]) {
  return routes.flatMap((route, at) => [
    ...route.channels.map((name, place) => ({
      at,
      name,
      path: `routes[${at}].channels[${place}]`,
      escalation: false,
    })),
    ...(route.escalate ?? []).flatMap((step, which) =>
      step.channels.map((name, place) => ({
        at,
        name,
        path: `routes[${at}].escalate[${which}].channels[${place}]`,
        escalation: true,
      })),
    ),
  ]);
}

function unknownChannel({ channels, routes }: WholeConfig): string | null {
  const known = channels.map(({ name }) => name);
  const wrong = mentions(routes).find(({ name }) => !known.includes(name));
  return wrong === undefined
    ? null
    : `${wrong.path}: there is no channel "${wrong.name}". Channels: ${known.join(", ")}.`;
}

function unusedChannel({ channels, routes, toldBy }: WholeConfig): string | null {
  // With rules of Prometheus speaking, channels stay for tests and for the day that this changes.
  if (toldBy === "prometheus") return null;
  const used = new Set(mentions(routes).map(({ name }) => name));
  const at = channels.findIndex(({ name }) => !used.has(name));
  return at < 0
    ? null
    : `channels[${at}]: no route names "${channels[at]?.name}". Name it in a route or remove it.`;
}

function toldByPrometheus({ routes, toldBy }: WholeConfig): string | null {
  if (toldBy === "channels" || routes.length === 0) return null;
  return (
    "routes: INCIDENTS_TOLD_BY=prometheus lets rules of Prometheus tell of incidents, so that these routes would tell" +
    " them twice. Remove the routes, or set INCIDENTS_TOLD_BY=channels and switch the rules off."
  );
}

/** What costs money and wakes people is for the worst only, unless nobody reacted. */
function smsForAll({ channels, routes }: WholeConfig): string | null {
  const sms = new Set(channels.filter(({ kind }) => kind === "sms").map(({ name }) => name));
  const wrong = mentions(routes).find(
    ({ name, at, escalation }) =>
      sms.has(name) && !escalation && routes[at]?.match?.min_severity !== "critical",
  );
  return wrong === undefined
    ? null
    : `${wrong.path}: "${wrong.name}" sends short messages, which are for critical incidents. Set "min_severity":` +
        ' "critical" in the match of this route, or name it in escalate.';
}

/**
 * An Alertmanager tells people by rules of its own. Only different kinds of incidents keep routes apart for sure:
 * one with a common cause can belong to several agencies and provinces, and hours pass.
 */
function alertmanagerBeside({ channels, routes }: WholeConfig): string | null {
  const alertmanagers = new Set(
    channels.filter(({ kind }) => kind === "alertmanager").map(({ name }) => name),
  );
  const all = mentions(routes);
  for (const one of all.filter(({ name }) => alertmanagers.has(name))) {
    const other = all.find(
      ({ name, at }) => name !== one.name && canMeet(routes[one.at], routes[at]),
    );
    if (other === undefined) continue;
    return (
      `${other.path}: "${other.name}" would tell the same incidents as the Alertmanager channel "${one.name}"` +
      ` (${one.path}). Let the Alertmanager tell "${other.name}"'s receivers, or give the two routes different kinds.`
    );
  }
  return null;
}

function canMeet(one: RouteSettings | undefined, other: RouteSettings | undefined): boolean {
  const kinds = one?.match?.kinds;
  const others = other?.match?.kinds;
  return kinds === undefined || others === undefined || kinds.some((kind) => others.includes(kind));
}
