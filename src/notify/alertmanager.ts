import type { NoticeIncident, NotifyMessage } from "../domain/incident/notice.ts";
import type { IncidentKind } from "../domain/incident/kinds.ts";
import { subjectText } from "../domain/incident/subject.ts";
import { done, refused, type Result } from "../domain/result.ts";
import {
  type Channel,
  problem,
  type SendContext,
  type SendProblem,
  type Sent,
  type ToldIncident,
} from "./channel.ts";
import type { SettingsOf } from "./config-schema.ts";
import { createHttpDoor, type FindAddresses, judgeStatus } from "./http.ts";
import { noticeText } from "./text/notice-text.ts";
import type { TextSettings } from "./text/text-settings.ts";

/** One alert as the API takes it (alertmanager, api/v2/openapi.yaml, `postableAlert`). */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL?: string;
}

/** As Prometheus does: an alert ends by itself only after three repeats were lost. */
const LASTS_REPEATS = 4;
/** An end is told so long, for peers that were away. */
const AFTER_END_MS = 300_000;

const NAMES: Readonly<Record<IncidentKind, string>> = {
  down: "PortalDown",
  degraded: "PortalDegraded",
  unresolvable: "PortalUnresolvable",
  certificate: "PortalCertificate",
  ipv6_regression: "PortalIpv6Regression",
  https_regression: "PortalHttpsRegression",
  vantage_degraded: "VantageDegraded",
};

/**
 * Tells all peers of an Alertmanager cluster, and repeats what is open. Who is told by it, and when, is its own rules'
 * business. Labels hold what makes the incident that one, all else is in annotations.
 */
export function createAlertmanager(
  settings: SettingsOf<"alertmanager">,
  texts: Omit<TextSettings, "lang">,
  find?: FindAddresses,
): Channel {
  const door = createHttpDoor(settings.allow_networks, find);
  const everyMs = settings.resend_seconds * 1000;
  const lastsMs = LASTS_REPEATS * everyMs;
  const say = { ...texts, lang: settings.lang };

  const post = async (alerts: readonly PostedAlert[], signal: AbortSignal) => {
    const body = JSON.stringify(alerts);
    const headers = { ...settings.headers, "content-type": "application/json" };
    const answers = await Promise.all(
      settings.peers.map(async (peer) => {
        const url = `${peer.replace(/\/+$/, "")}/api/v2/alerts`;
        const answer = await door.send({ method: "POST", url, headers, body, signal });
        return answer.ok ? judgeStatus(answer.value) : answer.problem;
      }),
    );
    return together(answers);
  };
  return {
    name: settings.name,
    kind: "alertmanager",
    send(message, { now, signal }) {
      const told = message.incident === null ? [] : alertsOf([message], now, lastsMs, say);
      return post(told.length === 0 ? [testAlert(message, now, lastsMs, say)] : told, signal);
    },
    sync: {
      everyMs,
      afterEndMs: AFTER_END_MS,
      send(
        incidents: readonly ToldIncident[],
        { now, signal }: Pick<SendContext, "now" | "signal">,
      ) {
        return post(
          incidents.flatMap((told) => alertsOf(told, now, lastsMs, say)),
          signal,
        );
      },
    },
    close: door.close,
  };
}

/** One peer that took it is enough: the repetition reaches the others. */
function together(answers: readonly (SendProblem | null)[]): Result<Sent, SendProblem> {
  const wrong = answers.filter((answer) => answer !== null);
  const [first] = wrong;
  if (first === undefined) return done({ receipt: null, note: null });
  const what = `${wrong.length} of ${answers.length} peers did not take it: ${first.what}`;
  if (wrong.length < answers.length) return done({ receipt: null, note: what });
  const waits = wrong.map(({ retryAfterMs }) => retryAfterMs ?? 0);
  const wait = Math.max(...waits);
  const permanent = wrong.every((each) => each.permanent);
  return refused(problem(what, { permanent, retryAfterMs: wait === 0 ? null : wait }));
}

/** How one incident stands: its alert, and the ends of alerts that it was under other labels before. */
export function alertsOf(
  told: ToldIncident,
  now: number,
  lastsMs: number,
  settings: TextSettings,
): PostedAlert[] {
  const last = told.at(-1);
  if (last?.incident == null) return [];
  const { incident } = last;
  const current = keyOf(incident);
  const open = alertOf(last, incident, endOf(incident, now + lastsMs), settings);
  const ended = new Map<string, PostedAlert>();
  for (const [at, { incident: before }] of told.entries()) {
    const next = told[at + 1];
    if (before === null || next === undefined || keyOf(before) === current) continue;
    // What is not told any more by then has ended by itself.
    const end = Date.parse(next.at);
    if (now - end > AFTER_END_MS) continue;
    ended.set(keyOf(before), alertOf(last, before, after(before.opened_at, end), settings));
  }
  return [...ended.values(), open];
}

const keyOf = (incident: NoticeIncident) => JSON.stringify(labelsOf(incident));

function labelsOf(incident: NoticeIncident): Record<string, string> {
  const { kind, family, severity, network, portal, subject } = incident;
  return {
    alertname: NAMES[kind],
    kind,
    ...(portal === null ? { subject: subjectText(subject) } : { portal: portal.id }),
    ...(family !== null && { family }),
    severity,
    network,
  };
}

function endOf(incident: NoticeIncident, otherwise: number): string {
  const { opened_at: opened, resolved_at: resolved } = incident;
  return after(opened, resolved === null ? otherwise : Date.parse(resolved));
}

/** An alert that ends when it begins would be over at birth. */
function after(opened: string, end: number): string {
  return new Date(Math.max(Date.parse(opened) + 1, end)).toISOString();
}

function alertOf(
  message: NotifyMessage,
  incident: NoticeIncident,
  endsAt: string,
  settings: TextSettings,
): PostedAlert {
  const { title, lines, link } = noticeText({ ...message, event: "opened", incident }, settings);
  return {
    labels: labelsOf(incident),
    annotations: {
      summary: title,
      description: lines.join("\n"),
      cause: incident.cause,
      incident: String(incident.id),
      ...(incident.portal !== null && { url: incident.portal.url }),
      ...(link !== null && { link }),
    },
    startsAt: incident.opened_at,
    endsAt,
    ...(link !== null && { generatorURL: link }),
  };
}

function testAlert(message: NotifyMessage, now: number, lastsMs: number, settings: TextSettings) {
  const { title, lines } = noticeText(message, settings);
  return {
    labels: { alertname: "HatangsoTest", severity: "info" },
    annotations: { summary: title, description: lines.join("\n") },
    startsAt: message.at,
    endsAt: after(message.at, now + lastsMs),
  };
}
