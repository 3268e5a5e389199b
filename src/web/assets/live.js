// Keeps <main data-live> up to date: listens to /api/v1/live, fetches the page again when something came that concerns
// it, and takes over what differs. What stays is not touched, so that focus, typed text and opened details remain.
// The page works without this.
// @ts-check

/** How long the stream is left alone after it was refused, milliseconds: at first, and at most. */
const WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 60_000;

const main = document.querySelector("main[data-live]");
if (main instanceof HTMLElement && "EventSource" in window) start(main);

/** @param {HTMLElement} main */
function start(main) {
  const topics = new Set((main.dataset["live"] ?? "").split(" "));
  const everyMs = 1000 * Number(main.dataset["liveEvery"] ?? 2);
  let refreshedAt = 0;
  /** @type {number | undefined} */
  let timer;
  let waitMs = WAIT_MS;
  let wasLost = false;

  const refresh = async () => {
    timer = undefined;
    // Nobody looks: when somebody does, it is made good.
    if (document.hidden) return;
    refreshedAt = Date.now();
    if (await takeOver(main)) return;
    mark("lost");
    ask(waitMs);
  };
  /** @param {number} [afterMs] */
  const ask = (afterMs = 0) => {
    if (timer !== undefined) return;
    const rest = refreshedAt + everyMs - Date.now();
    timer = window.setTimeout(refresh, Math.max(200, rest, afterMs));
  };
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });

  const listen = () => {
    const stream = new EventSource("/api/v1/live");
    stream.addEventListener("open", () => {
      waitMs = WAIT_MS;
      mark("on");
      // What came meanwhile was missed.
      if (wasLost) ask();
      wasLost = false;
    });
    stream.addEventListener("error", () => {
      wasLost = true;
      mark("lost");
      // A broken connection is tried again by the browser, a refusal is not.
      if (stream.readyState !== EventSource.CLOSED) return;
      window.setTimeout(listen, waitMs);
      waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
      ask(LONGEST_WAIT_MS);
    });
    for (const topic of topics) {
      stream.addEventListener(topic, (event) => {
        if (event instanceof MessageEvent && concerns(main, event.data)) ask();
      });
    }
  };
  listen();
}

/**
 * Whether an event is about this page: one that names portals is, if it names this page's.
 * @param {HTMLElement} main @param {string} data
 */
function concerns(main, data) {
  const own = main.dataset["livePortal"];
  const { portals } = JSON.parse(data);
  return own === undefined || !Array.isArray(portals) || portals.includes(Number(own));
}

/** Says how the updates stand. @param {"on" | "lost"} state */
function mark(state) {
  const place = document.getElementById("live-mark");
  if (place === null) return;
  const text = place.dataset[state] ?? "";
  place.className = `live-mark ${state}`;
  place.hidden = false;
  if (place.textContent !== text) place.textContent = text;
}

/** Fetches the page and takes its content over. False where it could not be had. @param {HTMLElement} main */
async function takeOver(main) {
  const found = await fetchMain();
  if (found === null) return false;
  const before = main.dataset["liveSays"] ?? "";
  const after = found.dataset["liveSays"] ?? "";
  const focused = document.activeElement;
  merge(main, found);
  if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
  const said = document.getElementById("live-said");
  if (said !== null && after !== before) said.textContent = after;
  mark("on");
  document.dispatchEvent(new CustomEvent("live:updated"));
  return true;
}

/** @returns {Promise<HTMLElement | null>} */
async function fetchMain() {
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.querySelector("main[data-live]");
    return found instanceof HTMLElement ? found : null;
  } catch (error) {
    // fetch rejects with a TypeError when there is no connection: it is tried again.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Makes an element like another one, changing as little as that takes. @param {Element} present @param {Element} wanted */
function merge(present, wanted) {
  if (present.isEqualNode(wanted) || present.hasAttribute("data-live-keep")) return;
  for (const name of present.getAttributeNames()) {
    if (!wanted.hasAttribute(name) && !isReaders(present, name)) present.removeAttribute(name);
  }
  for (const name of wanted.getAttributeNames()) {
    const value = wanted.getAttribute(name) ?? "";
    if (present.getAttribute(name) !== value && !isReaders(present, name)) {
      present.setAttribute(name, value);
    }
  }
  mergeChildren(present, wanted);
}

/** Whether an attribute is the reader's own: what they opened stays open. @param {Element} element @param {string} name */
const isReaders = (element, name) => element.localName === "details" && name === "open";

/** What tells a node from its siblings. @param {Node} node */
const keyOf = (node) =>
  node instanceof Element ? node.id || node.getAttribute("data-key") || null : null;

/** @param {Element} present @param {Element} wanted */
function mergeChildren(present, wanted) {
  const wantedKeys = new Set([...wanted.childNodes].map(keyOf));
  // What is not wanted any more goes first, so that what stays need not be moved: moving takes the focus away.
  const before = [...present.childNodes];
  for (const node of before) {
    const key = keyOf(node);
    if (key !== null && !wantedKeys.has(key)) node.remove();
  }
  const keyed = new Map([...present.childNodes].map((node) => [keyOf(node), node]));
  let at = present.firstChild;
  for (const node of wanted.childNodes) {
    const key = keyOf(node);
    const match = key === null ? sameKind(at, node) : (keyed.get(key) ?? null);
    if (match === null) {
      present.insertBefore(fresh(node), at);
      continue;
    }
    if (match === at) at = at.nextSibling;
    else present.insertBefore(match, at);
    mergeNode(match, node);
  }
  while (at !== null) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

/** The node, if it can become the other one. @param {ChildNode | null} at @param {Node} node */
const sameKind = (at, node) =>
  at !== null && keyOf(at) === null && at.nodeName === node.nodeName ? at : null;

/** @param {Node} present @param {Node} wanted */
function mergeNode(present, wanted) {
  if (present instanceof Element && wanted instanceof Element) merge(present, wanted);
  else if (present.nodeValue !== wanted.nodeValue) present.nodeValue = wanted.nodeValue;
}

/** A copy for this document, marked as new. @param {Node} node */
function fresh(node) {
  const copy = document.importNode(node, true);
  if (copy instanceof Element && copy.hasAttribute("data-key")) copy.classList.add("live-new");
  return copy;
}
