// The page that the login's window begins with. The app that opened it asks the registry where to go and sends this window there;
// then this page is gone. Opened by nobody (a bookmark, a browser that keeps windows apart), it begins signing in itself, by the
// full-page way: the landing page then goes back into the app in this very window.
(() => {
  const PATIENCE = 20_000;
  const tell = (text) => {
    document.getElementById("message").textContent = text;
    document.getElementById("ways").hidden = false;
  };

  const begin = async () => {
    document.getElementById("ways").hidden = true;
    document.getElementById("message").textContent = "One moment.";
    try {
      const answer = await fetch("/api/private/session/begin", { method: "POST", headers: { accept: "application/json" } });
      const { url, state } = await answer.json();
      if (!answer.ok || !state || !/^https?:$/.test(new URL(url).protocol)) throw new Error("no address");
      sessionStorage.setItem("nameplate.oauth-state", state);
      if (!sessionStorage.getItem("nameplate.return-to")) sessionStorage.setItem("nameplate.return-to", "/");
      location.replace(url);
    } catch {
      tell("Signing in could not begin.");
    }
  };
  document.getElementById("here").addEventListener("click", begin);

  if (!window.opener) return begin();
  setTimeout(() => tell("This takes long. Close this window and try again, or sign in here."), PATIENCE);
})();
