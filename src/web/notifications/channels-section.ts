import { html } from "hono/html";
import type { Style } from "../compliance/page-facts.ts";
import { tableHead } from "../compliance/table-head.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { timeText } from "../time-text.ts";
import { NOTIFICATION_WORDS } from "./words.ts";

/** A channel and what became of what went to it. */
export interface ChannelRow {
  readonly name: string;
  /** Null for one that the configuration does not name any more. */
  readonly kind: string | null;
  readonly pending: number;
  readonly sent: number;
  readonly dead: number;
  readonly oldest_pending_at: string | null;
}

/** Every channel with its numbers and the button that tests it. */
export function channelsSection(channels: readonly ChannelRow[], style: Style): Html {
  const words = NOTIFICATION_WORDS[style.lang];
  return html`<section aria-labelledby="channels">
    <h2 id="channels">${words.channels}</h2>
    ${
      channels.some(({ kind }) => kind !== null)
        ? ""
        : html`<p class="empty">${words.noChannels}</p>`
    }
    ${
      channels.length === 0
        ? ""
        : html`<div class="scroll" tabindex="0" role="region" aria-labelledby="channels">
            <table class="cards">
              ${tableHead(words.channelColumns)}
              <tbody>
                ${channels.map((channel) => channelRow(channel, style))}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

function channelRow(
  { name, kind, pending, sent, dead, oldest_pending_at: oldest }: ChannelRow,
  style: Style,
): Html {
  const { lang } = style;
  const words = NOTIFICATION_WORDS[lang];
  const [, kindName, pendingName, sentName, deadName, testName] = words.channelColumns;
  return html`<tr data-key="channel-${name}">
    <th scope="row">${name}</th>
    <td data-label="${kindName}">${kind ?? words.notConfigured}</td>
    <td data-label="${pendingName}">
      ${numberText(pending, lang)}
      ${oldest === null ? "" : html`<span class="also">${words.oldest(timeText(oldest, style))}</span>`}
    </td>
    <td data-label="${sentName}">${numberText(sent, lang)}</td>
    <td data-label="${deadName}">
      ${dead === 0 ? "0" : html`<span class="mark bad">${numberText(dead, lang)}</span>`}
    </td>
    <td data-label="${testName}">${kind === null ? "" : testForm(name, style)}</td>
  </tr>`;
}

function testForm(name: string, { lang }: Style): Html {
  const words = NOTIFICATION_WORDS[lang];
  const path = `/notifications/channels/${encodeURIComponent(name)}/test`;
  return html`<form method="post" action="${path}?lang=${lang}">
    <button aria-label="${words.testWhat(name)}">${words.test}</button>
  </form>`;
}
