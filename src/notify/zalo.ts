import { done, refused, type Result } from "../domain/result.ts";
import { type Channel, type ChannelState, problem, type SendProblem } from "./channel.ts";
import type { SettingsOf } from "./config-schema.ts";
import { tellEach } from "./each-receiver.ts";
import {
  type Answer,
  createHttpDoor,
  type FindAddresses,
  jsonOf,
  judgeStatus,
  saidIn,
} from "./http.ts";
import { fitText, unitsRoom } from "./text/fit.ts";
import { noticeText } from "./text/notice-text.ts";
import type { TextSettings } from "./text/text-settings.ts";
import { createZaloTokens } from "./zalo-token.ts";

/** Longest text of a message of an official account, as others report it. */
const MAX_TEXT = 2000;

/** Answers that mean an access token that is not good, by its number; as others report them. */
const TOKEN_ERRORS: ReadonlySet<unknown> = new Set([-216, -220]);
/** The account may not write to this user: no follower, or no word from them for too long. */
const USER_ERRORS: ReadonlySet<unknown> = new Set([-201, -213, -230, -232]);

/** Sends through an official account of Zalo to single users. */
export function createZalo(
  settings: SettingsOf<"zalo">,
  texts: Omit<TextSettings, "lang">,
  state: ChannelState,
  find?: FindAddresses,
): Channel {
  const door = createHttpDoor(settings.allow_networks, find);
  const tokens = createZaloTokens(settings, state, door);
  const url = `${settings.base_url.replace(/\/+$/, "")}/v3.0/oa/message/cs`;
  return {
    name: settings.name,
    kind: "zalo",
    send(message, context) {
      const text = fitText(
        noticeText(message, { ...texts, lang: settings.lang }),
        unitsRoom(MAX_TEXT),
      );
      const { now, signal } = context;
      return tellEach(settings.users, context, async (user) => {
        const body = JSON.stringify({ recipient: { user_id: user }, message: { text } });
        const post = (token: string) =>
          door.send({
            method: "POST",
            url,
            headers: { access_token: token, "content-type": "application/json" },
            body,
            signal,
          });
        const token = await tokens.get({ now, signal, stale: null });
        if (!token.ok) return token;
        const answer = await post(token.value);
        if (!answer.ok) return answer;
        if (!TOKEN_ERRORS.has(jsonOf(answer.value)?.["error"])) return judge(answer.value);
        const fresh = await tokens.get({ now, signal, stale: token.value });
        if (!fresh.ok) return fresh;
        const again = await post(fresh.value);
        return again.ok ? judge(again.value) : again;
      });
    },
    close: door.close,
  };
}

/** The service answers 200 whatever happened; `error` is 0 where it took the message. */
function judge(answer: Answer): Result<string | null, SendProblem> {
  const wrong = judgeStatus(answer);
  if (wrong !== null) return refused(wrong);
  const said = jsonOf(answer);
  const error = said?.["error"];
  if (error === 0) {
    const data = said?.["data"];
    const named = typeof data === "object" && data !== null && "message_id" in data;
    return done(named ? String(data.message_id) : null);
  }
  const what = `error ${saidIn(error, 20)}: ${saidIn(said?.["message"], 200)}`;
  return refused(problem(what, { permanent: USER_ERRORS.has(error) }));
}
