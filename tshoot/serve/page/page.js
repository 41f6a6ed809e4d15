// What textual.js leaves open: where the websocket is, why it closed, the way back to a program whose tab
// was lost, the focus, and downloads without a pop-up. Loaded before textual.js, which starts on window.onload.
"use strict";
(() => {
  const COLUMNS = 40;
  const CHARACTER = 0.6; // Width of a Roboto Mono character as a part of its size.

  const KEY = "tshoot-tab"; // Under which this tab keeps what leads it back to its program.
  const AGAIN = 3000;
  const TRIES = 60;

  const ENDINGS = {
    1000: ["This session has ended.", "Start again whenever you like."],
    1001: ["The service was stopped.", "Try again in a few minutes."],
    4001: ["This page was left alone for a while, so it was closed.", "Start again whenever you like."],
    4002: ["All places are taken right now.", "This page tries again by itself."],
    4003: ["This could not be opened.", "Tell the person who runs this page, and try again later."],
    4004: ["This session goes on in another tab.", "Go there, or start a new one here."],
  };
  const FULL = 4002;
  const AGAIN_WHERE_FULL = 30000;
  const BROKEN = ["The connection was lost.", "You don't have to do anything. It goes on by itself when it is back."];
  const LOST = ["The connection to this page was lost.", "Check that you are online, then start again."];

  const PIECE = 8 * 1024; // Characters of a long paste in one message: the server takes 64 kB of each.

  const PlainWebSocket = window.WebSocket;
  window.WebSocket = class extends PlainWebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("open", () => {
        this.send(JSON.stringify(["tab", sessionStorage.getItem(KEY) ?? ""]));
      });
      this.addEventListener("message", ({ data }) => {
        const [kind, key] = typeof data === "string" ? JSON.parse(data) : [];
        if (kind === "tab") sessionStorage.setItem(KEY, key);
      });
      this.addEventListener("close", ({ code }) => closed(code));
    }

    send(message) {
      const [kind, text] = message.length > PIECE ? JSON.parse(message) : [];
      if (kind !== "stdin") super.send(message);
      else for (const piece of pieces(text)) super.send(JSON.stringify([kind, piece]));
    }
  };

  // Whole characters: half of a pair would be none.
  function* pieces(text) {
    let piece = "";
    for (const character of text) {
      piece += character;
      if (piece.length >= PIECE) {
        yield piece;
        piece = "";
      }
    }
    if (piece) yield piece;
  }

  function closed(code) {
    if (code in ENDINGS) {
      sessionStorage.removeItem(KEY);
      tell(ENDINGS[code]);
      if (code === FULL) setTimeout(() => location.reload(), AGAIN_WHERE_FULL);
    } else {
      tell(BROKEN);
      comeBack(TRIES);
    }
  }

  async function comeBack(tries) {
    try {
      await fetch("/own/icon.svg", { cache: "no-store" });
      location.reload();
    } catch {
      if (tries > 0) setTimeout(comeBack, AGAIN, tries - 1);
      else tell(LOST);
    }
  }

  function tell([title, text]) {
    document.getElementById("closed-title").textContent = title;
    document.getElementById("closed-text").textContent = text;
    document.body.classList.add("-closed");
    document.getElementById("again").focus();
  }

  // A pop-up for a file is blocked by many browsers; a link with "download" is not.
  const plainOpen = window.open;
  window.open = (address, ...rest) => {
    const file = address && new URL(address, location.href);
    if (!file || file.origin !== location.origin || !file.pathname.startsWith("/download/")) {
      return plainOpen.call(window, address, ...rest);
    }
    const link = document.createElement("a");
    link.href = file.pathname;
    link.download = "";
    link.click();
    return null;
  };

  function fitNarrow(terminal) {
    const widest = Math.floor(window.innerWidth / COLUMNS / CHARACTER);
    if (widest < Number(terminal.dataset.fontSize)) {
      terminal.dataset.fontSize = String(Math.max(widest, 8));
    }
  }

  function startAgain() {
    sessionStorage.removeItem(KEY);
    location.reload();
  }

  function focusOnceDrawn() {
    if (document.body.classList.contains("-first-byte")) {
      document.querySelector(".xterm-helper-textarea")?.focus();
      return true;
    }
    return false;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const terminal = document.getElementById("terminal");
    terminal.dataset.sessionWebsocketUrl = location.origin.replace(/^http/, "ws") + "/ws";
    fitNarrow(terminal);
    document.getElementById("again").addEventListener("click", startAgain);
    const watch = new MutationObserver(() => focusOnceDrawn() && watch.disconnect());
    watch.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });
})();
