import { done, refused, type Result } from "../domain/result.ts";
import { type Channel, problem, type SendProblem, type Sent } from "./channel.ts";
import type { SettingsOf } from "./config-schema.ts";
import {
  type Answer,
  createHttpDoor,
  type FindAddresses,
  jsonOf,
  judgeStatus,
  saidIn,
} from "./http.ts";
import { fitText, unitsRoom } from "./text/fit.ts";
import { escapeHtml } from "./text/html.ts";
import { noticeText } from "./text/notice-text.ts";
import type { TextSettings } from "./text/text-settings.ts";

/** core.telegram.org/bots/api#sendmessage: characters after entities are parsed, which are UTF-16 units there. */
const MAX_TEXT = 4096;

/** Sends through a bot of Telegram; what follows an opening answers its message. */
export function createTelegram(
  settings: SettingsOf<"telegram">,
  texts: Omit<TextSettings, "lang">,
  find?: FindAddresses,
): Channel {
  const door = createHttpDoor(settings.allow_networks, find);
  const base = settings.base_url.replace(/\/+$/, "");
  return {
    name: settings.name,
    kind: "telegram",
    async send(message, { receipt, signal }) {
      const [title = "", ...rest] = fitText(
        noticeText(message, { ...texts, lang: settings.lang }),
        unitsRoom(MAX_TEXT),
      ).split("\n");
      const answered = Number(receipt);
      const answer = await door.send({
        method: "POST",
        // The token stands in the path: errors never repeat a URL.
        url: `${base}/bot${settings.token}/sendMessage`,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          chat_id: settings.chat,
          text: [`<b>${escapeHtml(title)}</b>`, ...rest.map(escapeHtml)].join("\n"),
          parse_mode: "HTML",
          link_preview_options: { is_disabled: true },
          ...(receipt !== null && Number.isSafeInteger(answered)
            ? { reply_parameters: { message_id: answered, allow_sending_without_reply: true } }
            : {}),
        }),
        signal,
      });
      return answer.ok ? judge(answer.value) : answer;
    },
    close: door.close,
  };
}

function judge(answer: Answer): Result<Sent, SendProblem> {
  const said = jsonOf(answer);
  const result = said?.["result"];
  if (answer.status === 200 && said?.["ok"] === true) {
    const id = typeof result === "object" && result !== null && "message_id" in result;
    return done({ receipt: id ? String(result.message_id) : null, note: null });
  }
  // A token that is wrong now may be right after the next start, and nobody has read the message.
  if (answer.status === 401 || answer.status === 404)
    return refused(problem("the token is refused"));
  const wrong = judgeStatus({ ...answer, quote: saidIn(said?.["description"], 200) });
  if (wrong === null) return refused(problem("the answer is not Telegram's"));
  const wait = retryAfterOf(said?.["parameters"]);
  return refused({ ...wrong, ...(wait !== null && { retryAfterMs: wait, permanent: false }) });
}

function retryAfterOf(parameters: unknown): number | null {
  if (typeof parameters !== "object" || parameters === null) return null;
  const seconds: unknown = "retry_after" in parameters ? parameters.retry_after : null;
  return typeof seconds === "number" && seconds >= 0 ? seconds * 1000 : null;
}
