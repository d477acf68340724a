// The landing page that GitHub sends the browser back to. It knows nothing of sessions: it hands the answer to the app and goes away.
// Three ways, in this order: to the page that opened this window, to every nameplate tab (where the opener was cut off), or,
// when this window is the app's own, by going back into the app.
(() => {
  const answer = new URLSearchParams(location.search);
  const message = {
    kind: "nameplate.login-answer",
    code: answer.get("code"),
    state: answer.get("state"),
    error: answer.get("error"),
  };
  // The code is for one use and must not stay in the history.
  history.replaceState(null, "", location.pathname);

  const tell = (text) => {
    document.getElementById("message").textContent = text;
  };
  const stored = (area, key) => {
    try {
      return area().getItem(key);
    } catch {
      return null;
    }
  };

  // Session storage belongs to one window; the app left its state here only if this very window went to GitHub.
  if (stored(() => sessionStorage, "nameplate.oauth-state")) {
    sessionStorage.setItem("nameplate.login-answer", JSON.stringify(message));
    const asked = stored(() => sessionStorage, "nameplate.return-to") ?? "/";
    const plain = /^\/(?![/\\])/.test(asked) && new URL(asked, location.origin).origin === location.origin;
    location.replace(plain ? asked : "/");
    return;
  }

  // Neither path says whether anybody listens; "received" does. Without it this answer belongs to no sign-in that goes on here.
  const PATIENCE = 4_000;
  const unclaimed = setTimeout(() => {
    tell("This sign-in was not begun in this window, and no other window waits for it, so it was not used. Go to nameplate and try again.");
  }, PATIENCE);
  if (window.opener) window.opener.postMessage(message, location.origin);
  const channel = new BroadcastChannel("nameplate.login");
  channel.addEventListener("message", (event) => {
    if (event.data !== "received") return;
    clearTimeout(unclaimed);
    tell("You can close this window and go on in the one you came from.");
    window.close();
  });
  channel.postMessage(message);
})();
