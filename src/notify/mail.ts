import { createTransport } from "nodemailer";
import { isMailAddress } from "../domain/mail-address.ts";
import { done, refused, type Result } from "../domain/result.ts";
import type { SmtpServer } from "../domain/smtp-server.ts";

/** One message to one recipient. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text, UTF-8. */
  readonly text: string;
  /** The same as HTML, where there is one. */
  readonly html?: string;
  readonly attachments: readonly MailAttachment[];
  /** With angle brackets; the same for every try, so that what arrives twice can be told for one. */
  readonly messageId: string;
  /** Message-IDs that this one belongs to, oldest first; the last one is answered (RFC 5322 section 3.6.4). */
  readonly references?: readonly string[];
  /** RFC 3834 aside: when it was written. */
  readonly date: Date;
}

/** A file that goes with a message. */
export interface MailAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/**
 * Why a message was not handed over. `permanent`: this recipient or message is refused for good (a reply of 5xx to it,
 * RFC 5321 section 4.2.1). All else may pass: a server that is away, or that does not take our password.
 */
export interface MailProblem {
  readonly permanent: boolean;
  /** The library's code and the server's reply, in one line, without any password. */
  readonly what: string;
}

/** Hands messages to one SMTP server. */
export interface Mailer {
  /** Resolves when the server has taken the message, or with why it has not. */
  send(mail: Mail): Promise<Result<null, MailProblem>>;
  readonly close: () => void;
}

/** How long one step of the conversation may take (RFC 5321 section 4.5.3.2 has minutes; a relay of ours answers in seconds). */
const STEP_MS = 30_000;
const MAX_WHAT = 500;

/** A mailer that sends as `from`. Nothing is contacted before the first message. Throws for an impossible `from`. */
export function createMailer(server: SmtpServer, from: string, stepMs = STEP_MS): Mailer {
  if (!isMailAddress(from)) throw new Error("The sender is no mail address");
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.requireTls,
    ...(server.user === null ? {} : { auth: { user: server.user, pass: server.password ?? "" } }),
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    dnsTimeout: stepMs,
    socketTimeout: stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail) {
      if (!isMailAddress(mail.to)) return refused({ permanent: true, what: "no mail address" });
      try {
        await transport.sendMail(toMessage(mail, from));
        return done(null);
      } catch (error) {
        return refused(toProblem(error));
      }
    },
    close: () => transport.close(),
  };
}

function toMessage(mail: Mail, from: string) {
  const references = (mail.references ?? []).map(oneLine);
  const answered = references.at(-1);
  return {
    from: { name: "hatangso", address: from },
    to: { name: "", address: mail.to },
    subject: oneLine(mail.subject),
    text: mail.text,
    ...(mail.html !== undefined && { html: mail.html }),
    ...(answered !== undefined && { references: [...references], inReplyTo: answered }),
    messageId: oneLine(mail.messageId),
    date: mail.date,
    // No automatic answers to an automatic message (RFC 3834 section 5).
    headers: { "Auto-Submitted": "auto-generated" },
    attachments: mail.attachments.map(({ filename, contentType, content }) => ({
      filename: oneLine(filename),
      contentType,
      content: Buffer.from(content),
    })),
  };
}

/** No control character reaches a header. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, " ").trim();
}

/** Throws what is not about the conversation: a fault of ours. */
function toProblem(error: unknown): MailProblem {
  if (!(error instanceof Error) || !("code" in error)) throw error;
  const code = String(error.code);
  const status = "responseCode" in error ? Number(error.responseCode) : 0;
  const response = "response" in error ? String(error.response) : "";
  const permanent = (code === "EENVELOPE" || code === "EMESSAGE") && status >= 500;
  return { permanent, what: oneLine(`${code} ${response}`).slice(0, MAX_WHAT) };
}
