import { html } from "hono/html";
import type { Lang } from "./lang.ts";
import { langLinks } from "./lang-links.ts";
import { type Html, layout } from "./layout.ts";

/** Why the form is shown again, or instead of a page. */
export type SignInNote = "needed" | "wrong" | "too_many" | "empty";

/** The form by which the holder of a key signs in. */
export interface SignInPage {
  readonly lang: Lang;
  /** The path to go on to, of this service. */
  readonly next: string;
  readonly note: SignInNote | null;
}

const WORDS = {
  vi: {
    title: "Đăng nhập",
    lead: "Dành cho người có khoá API. Phiên làm việc có đúng quyền của khoá và ghi nhận việc làm theo tên khoá; phiên kết thúc sau mười hai giờ hoặc khi khoá bị thu hồi.",
    key: "Khoá",
    hint: "Bắt đầu bằng htg_. Trình duyệt không hiển thị khoá; khoá không nằm trong địa chỉ trang.",
    button: "Đăng nhập",
    how: "Người quản trị tạo khoá bằng lệnh “npx hatangso keys create --role operator”. Người vận hành máy này còn có thể dùng liên kết mà dịch vụ in ra khi khởi động.",
    notes: {
      needed: "Trang này cần đăng nhập.",
      wrong: "Khoá này không đúng, hoặc đã bị thu hồi.",
      too_many: "Đã nhập sai quá nhiều lần từ địa chỉ mạng này. Hãy thử lại sau một phút.",
      empty: "Hãy nhập khoá.",
    },
  },
  en: {
    title: "Sign in",
    lead: "For holders of an API key. The session may do what the key may do, and what is done is noted under the key's name; it ends after twelve hours, or when the key is revoked.",
    key: "Key",
    hint: "It begins with htg_. It is not shown while you type, and never stands in an address.",
    button: "Sign in",
    how: "An administrator makes keys with “npx hatangso keys create --role operator”. Whoever runs this machine can also use the link that the service printed when it started.",
    notes: {
      needed: "This page needs you to sign in.",
      wrong: "This key is not known, or it was revoked.",
      too_many: "Too many wrong keys came from this network address. Try again in a minute.",
      empty: "Type the key.",
    },
  },
} as const;

/** The page with the form; what was typed is never sent back. */
export function signInPage({ lang, next, note }: SignInPage): Html {
  const words = WORDS[lang];
  const linkTo = (other: Lang) =>
    `/sign-in?${new URLSearchParams({ next, lang: other }).toString()}`;
  const wrong = note !== null && note !== "needed";
  return layout({
    lang,
    title: words.title,
    styles: { files: ["style.css", "compliance.css", "coverage-work.css"] },
    body: html`<header class="top">
        <p class="brand"><a href="/?lang=${lang}">hatangso</a> <span lang="vi">hạ tầng số</span></p>
        ${langLinks(lang, linkTo)}
      </header>
      <main class="narrow">
        <h1>${words.title}</h1>
        ${
          note === null
            ? ""
            : html`<p class="${wrong ? "problem-box" : "note"}" role="alert" id="sign-in-note">
                ${words.notes[note]}
              </p>`
        }
        <p>${words.lead}</p>
        <form method="post" action="/sign-in?lang=${lang}" class="work-form">
          <input type="hidden" name="next" value="${next}" />
          <label class="field"
            ><span>${words.key}</span>
            <input
              type="password"
              name="key"
              required
              maxlength="500"
              autocomplete="current-password"
              aria-describedby="key-hint${wrong ? " sign-in-note" : ""}"
              ${wrong ? html`aria-invalid="true"` : ""}
          /></label>
          <p class="hint" id="key-hint">${words.hint}</p>
          <button class="main-button">${words.button}</button>
        </form>
        <p class="soft">${words.how}</p>
      </main>`,
  });
}
