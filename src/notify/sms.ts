import { done, refused } from "../domain/result.ts";
import { type Channel, problem } from "./channel.ts";
import type { SettingsOf } from "./config-schema.ts";
import type { Template } from "./config-values.ts";
import { tellEach } from "./each-receiver.ts";
import { createHttpDoor, type FindAddresses, judgeStatus } from "./http.ts";
import { smsRoom } from "./sms-text.ts";
import { fitText } from "./text/fit.ts";
import { noticeText } from "./text/notice-text.ts";
import type { TextSettings } from "./text/text-settings.ts";

/** What stands for {to}, {text} and {key}. */
interface Values {
  readonly to: string;
  readonly text: string;
  readonly key: string;
}

/** Sends short messages through whatever gateway takes them over HTTP, one request per receiver. */
export function createSms(
  settings: SettingsOf<"sms">,
  texts: Omit<TextSettings, "lang">,
  find?: FindAddresses,
): Channel {
  const door = createHttpDoor(settings.allow_networks, find);
  const room = smsRoom(settings.encoding, settings.max_segments);
  return {
    name: settings.name,
    kind: "sms",
    send(message, context) {
      const text = fitText(noticeText(message, { ...texts, lang: settings.lang }), room);
      return tellEach(settings.to, context, async (to) => {
        const { signal, dedupeKey: key } = context;
        const answer = await door.send({ ...requestOf(settings, { to, text, key }), signal });
        if (!answer.ok) return answer;
        const wrong = judgeStatus(answer.value);
        if (wrong !== null) return refused(wrong);
        const { accepted } = settings;
        if (accepted === undefined || answer.value.text.includes(accepted)) return done(null);
        return refused(problem(`the gateway says: ${answer.value.quote}`));
      });
    },
    close: door.close,
  };
}

function requestOf({ method, url, query, headers, json, form }: SettingsOf<"sms">, values: Values) {
  const target = new URL(fill(url, values, encodeURIComponent));
  for (const [name, value] of Object.entries(query)) {
    target.searchParams.set(name, fill(value, values));
  }
  // As they are configured: what is only filled in is no secret.
  const secrets = [...textsIn(json ?? null), ...Object.values(form ?? {})];
  const base = { method, url: target.href, headers, secrets };
  if (json !== undefined) {
    const body = JSON.stringify(fillAll(json, values));
    return { ...base, headers: { ...headers, "content-type": "application/json" }, body };
  }
  if (form === undefined) return base;
  const filled = Object.entries(form).map(([name, value]) => [name, fill(value, values)] as const);
  const type = "application/x-www-form-urlencoded";
  const body = new URLSearchParams(Object.fromEntries(filled)).toString();
  return { ...base, headers: { ...headers, "content-type": type }, body };
}

function fill(template: string, values: Values, write: (text: string) => string = String): string {
  return template.replaceAll(/\{(to|text|key)\}/g, (_, name: keyof Values) => write(values[name]));
}

function fillAll(template: Template, values: Values): Template {
  if (typeof template === "string") return fill(template, values);
  if (Array.isArray(template)) return template.map((each: Template) => fillAll(each, values));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [name, fillAll(value, values)]),
  );
}

/** All texts in a template. */
function textsIn(template: Template): string[] {
  if (typeof template === "string") return [template];
  if (typeof template !== "object" || template === null) return [];
  return Object.values(template).flatMap(textsIn);
}
