import { createHash } from "node:crypto";
import type { Lang } from "../catalogue/index.ts";
import type { NotifyMessage } from "../domain/incident/notice.ts";
import { done, refused } from "../domain/result.ts";
import type { SmtpServer } from "../domain/smtp-server.ts";
import { type Channel, problem, type SendContext } from "./channel.ts";
import type { SettingsOf } from "./config-schema.ts";
import { tellEach } from "./each-receiver.ts";
import { createMailer, type Mail } from "./mail.ts";
import { htmlOf } from "./text/html.ts";
import { noticeText } from "./text/notice-text.ts";
import type { TextSettings } from "./text/text-settings.ts";

/** Where mail of this service is handed over, and as whom. */
export interface MailServer {
  readonly server: SmtpServer;
  readonly from: string;
}

/**
 * Sends one mail to each recipient in their language. All mails about one incident refer to the same Message-ID, so
 * that mail programs show them as one conversation; the same Message-ID at every try lets a mailbox know a repeat.
 */
export function createEmail(
  settings: SettingsOf<"email">,
  usual: MailServer | null,
  texts: Omit<TextSettings, "lang">,
): Channel {
  const server = settings.smtp ?? usual?.server;
  const from = settings.from ?? usual?.from;
  if (server === undefined || from === undefined) throw new Error("No mail server is configured");
  const mailer = createMailer(server, from);
  const domain = from.slice(from.lastIndexOf("@") + 1);
  const languages = new Map(settings.to.map(({ address, lang }) => [address, lang]));
  return {
    name: settings.name,
    kind: "email",
    async send(message, context) {
      const ids = threadIds(message, context, domain);
      const mails = new Map<Lang, Omit<Mail, "to">>();
      const sent = await tellEach([...languages.keys()], context, async (to) => {
        const lang = languages.get(to) ?? "vi";
        const mail = mails.get(lang) ?? compose(message, { ...texts, lang });
        mails.set(lang, mail);
        const handed = await mailer.send({ ...mail, ...ids(lang), to });
        if (handed.ok) return done(null);
        return refused(problem(handed.problem.what, { permanent: handed.problem.permanent }));
      });
      return sent.ok ? done({ ...sent.value, receipt: digestOf(context.dedupeKey) }) : sent;
    },
    close: mailer.close,
  };
}

function compose(message: NotifyMessage, settings: TextSettings) {
  const text = noticeText(message, settings);
  const { title, lines, link } = text;
  return {
    subject: `[hatangso] ${title}`,
    text: `${[title, "", ...lines, ...(link === null ? [] : ["", link])].join("\n")}\n`,
    html: htmlOf(text, settings.lang),
    attachments: [],
    messageId: "",
    date: new Date(message.at),
  };
}

/**
 * Message-IDs of one notification by language: its own, the root of its incident, which no message has, and that of
 * the opening. Mail programs put together what refers to the same root (RFC 5256, `REFERENCES`).
 */
function threadIds(
  { incident }: NotifyMessage,
  { dedupeKey, receipt }: SendContext,
  domain: string,
) {
  return (lang: Lang): Pick<Mail, "messageId" | "references"> => ({
    messageId: `<${digestOf(dedupeKey)}.${lang}@${domain}>`,
    references: [
      ...(incident === null ? [] : [`<incident-${incident.id}.${lang}@${domain}>`]),
      ...(receipt === null ? [] : [`<${receipt}.${lang}@${domain}>`]),
    ],
  });
}

/** A dedupe key in the letters that a Message-ID may have. */
function digestOf(dedupeKey: string): string {
  return createHash("sha256").update(dedupeKey).digest("hex").slice(0, 32);
}
