// The start script. It stands inline in index.html, runs before anything else has arrived, and does three things:
// it sets the chosen colour scheme (no flash), begins the requests that the first page will ask for, and starts the app. Later
// it knows whether a new release is out.
// Each answer waits in `__nameplate_started` under its address until the app's transport takes it, once. What the app was
// answered it hands in there as text: going back or forward it gets that again.
// The addresses are those of `api::endpoint`; a test holds the two against each other.
(() => {
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  const scheme = stored("nameplate.color-scheme");
  if (scheme === "light" || scheme === "dark") document.documentElement.dataset.colorScheme = scheme;

  // Whether the present page was gone back or forward to, and nothing has been pressed on it yet.
  let returning;
  const { navigation } = window;
  navigation?.addEventListener("navigate", ({ navigationType: way }) => {
    if (way !== "replace") returning = way === "traverse";
  });
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (returning = false));

  let started;
  // After a write, here or in another tab, there is a new one: what was asked before it is handed in to nobody.
  const forget = () => (started = window.__nameplate_started = new Answers());
  class Answers extends Map {
    had = new Map();
    get(address) {
      const begun = super.get(address);
      const [text, until] = (!begun && returning && this.had.get(address)) || [];
      return Date.now() < until ? Object.assign(Promise.resolve(), { response: new Response(text), text, at: until - 3e5 }) : begun;
    }
    // A text is kept for five minutes from when it was asked for, thirty at most, and none of one person alone.
    set(address, answer) {
      if (answer.then) return super.set(address, answer);
      if (this.get(address) || answer.length > 3e5 || /^\{.errors/.test(answer) || /\/(me|private|usernames)\b|following/.test(address)) return;
      const { had } = this;
      had.delete(address);
      had.set(address, [answer, Date.now() + 3e5]);
      if (had.size > 30) had.delete(had.keys().next().value);
    }
    clear() {
      forget();
    }
  }
  forget();
  if (navigation) new BroadcastChannel("nameplate.session").onmessage = forget;

  const own = { credentials: "same-origin", headers: { accept: "application/json" } };
  // What the first page waits for.
  const awaited = [];
  // What is only a guess is forgotten after a while, and at once when it failed.
  const begin = (address, guess = false, options = own) => {
    if (started.has(address)) return started.get(address);
    const stop = new AbortController();
    const answer = fetch(address, { ...options, signal: stop.signal });
    // What has come to its end the app takes at once: it stands beside the promise.
    answer.whole = answer.then(async (response) => {
      const at = Date.now();
      const ended = { response, text: await response.clone().text(), at };
      Object.assign(answer, ended);
      return ended;
    });
    // A refused promise is the app's to ask again; here it only must not be "unhandled".
    for (const promise of [answer, answer.whole]) promise.catch(() => {});
    if (!guess) awaited.push(answer.whole);
    // Who takes the answer may give it up.
    started.set(address, Object.assign(answer, { stop }));
    if (guess) {
      const drop = () => started.get(address) === answer && started.delete(address);
      answer.then((response) => response.ok || drop(), drop);
      setTimeout(drop, 10_000);
    }
    return answer;
  };
  const read = ({ whole }) => whole.then(({ response, text }) => (response.ok ? JSON.parse(text) : null)).catch(() => null);

  const part = (text) => {
    try {
      return encodeURIComponent(decodeURIComponent(text));
    } catch {
      return null;
    }
  };
  const segments = (pathname) => pathname.replace(/\/+$/, "").split("/").slice(1).map(part);
  const sorts = ["alphabetical", "downloads", "recent-downloads", "recent-updates", "new"];
  const guarded = ["settings", "dashboard", "me"];

  const path = segments(location.pathname);
  const metadata = read(begin("/api/v1/site_metadata"));
  const isMember = stored("nameplate.signed-in") === "1";
  if (isMember || guarded.includes(path[0])) begin("/api/v1/me");
  else if (path[0] === "signup") begin("/api/private/session/signup");

  // Begins what a page will ask for; `known` is the id of the user, where the link to their page has it.
  const expect = (path, search, guess, known) => {
    const query = new URLSearchParams(search);
    const page = /^[1-9]\d{0,8}$/.test(query.get("page") ?? "1") ? (query.get("page") ?? "1") : null;
    const sort = sorts.includes(query.get("sort")) ? query.get("sort") : "alphabetical";

    if (path[0] === "users" && path[1] && path.length === 2 && page) {
      const user = `/api/v1/users/${path[1]}?include=linked_accounts`;
      const follow = (id) => {
        begin(`/api/v1/crates?user_id=${id}&page=${page}&per_page=10&sort=${sort}`, guess);
        begin(`/api/v1/users/${id}/stats`, guess);
      };
      read(begin(user, guess)).then((body) => {
        const id = body?.user?.id;
        // Once the app has taken the answer, what follows from it is the app's to ask.
        if (Number.isInteger(id) && started.has(user)) follow(id);
      });
      // The name may be another's by now: the app asks by the id that the answer tells, and this stays untaken.
      if (known) follow(known);
    }

    if (path[0] === "crates" && path[1]) {
      // A version starts with a digit; the other words are tabs.
      const [, , tab, below] = path;
      const numbered = /^\d/.test(tab ?? "");
      const order = query.get("sort") ?? "date";
      const crate = `/api/v1/crates/${path[1]}?include=keywords,categories,downloads,default_version`;
      const shown = path.length === 2 || (path.length === 3 && numbered);
      const beside =
        shown ? `/api/v1/crates/${path[1]}/owners`
        : path.length === 4 && numbered && below === "dependencies" ? `/api/v1/crates/${path[1]}/${path[2]}/dependencies`
        : path.length !== 3 ? ""
        : tab === "versions" && ["date", "semver"].includes(order) ? `/api/v1/crates/${path[1]}/versions?per_page=100&include=release_tracks&sort=${order}`
        : tab === "reverse_dependencies" && page ? `/api/v1/crates/${path[1]}/reverse_dependencies?page=${page}&per_page=10`
        : "";
      // The pages of a crate share one answer; whoever is on one of them has it already.
      const [here, name] = segments(location.pathname);
      const there = guess && here === "crates" && name === path[1];
      const about = beside && (shown || !guess) && !there && read(begin(crate, guess));
      if (beside) begin(beside, guess);
      if (shown) {
        const version = tab ? read(begin(`/api/v1/crates/${path[1]}/${path[2]}`, guess)).then((body) => body?.version?.num) : about && about.then((body) => body?.crate?.default_version);
        Promise.all([about, version, metadata]).then(([body, num, site]) => {
          const name = body?.crate?.name;
          if (!name || !num || !site?.cdn_base || !started.has(crate)) return;
          const file = encodeURIComponent(`${name}-${num}`);
          begin(`${site.cdn_base}/readmes/${encodeURIComponent(name)}/${file}.html`, guess, { credentials: "omit" });
        });
      }
    }
  };
  expect(path, location.search, false);

  // A link on which the mouse comes to rest, that is pointed at or focused for a moment, or pressed, will likely be followed:
  // what its page will ask for is begun, and the app is told, which fetches the page's part. Nothing of it is asked for where
  // data are to be saved.
  let pointed;
  let moment;
  let rest;
  const point = ({ target, type }) => {
    const link = target.closest?.("a[href]");
    const pressed = /down|click/.test(type);
    clearTimeout(rest);
    if (link !== pointed) clearTimeout(moment);
    if (!link || link.origin !== location.origin || link.pathname === location.pathname || navigator.connection?.saveData) {
      pointed = link;
      return;
    }
    const likely = () => {
      clearTimeout(moment);
      clearTimeout(rest);
      moment = null;
      expect(segments(link.pathname), link.search, true, link.dataset.userId);
      dispatchEvent(new CustomEvent("nameplate:likely", { detail: link.pathname + link.search }));
    };
    // A click begins it before the app hears of it, which takes what is begun.
    if (pressed) likely();
    else if (link !== pointed) moment = setTimeout(likely, 80);
    // A mouse on its way to elsewhere moves at least once in so many milliseconds.
    if (moment && type === "pointermove") rest = setTimeout(likely, 25);
    pointed = link;
  };
  // Not `pointerover`, which a page that moves below a resting mouse causes as well.
  for (const kind of ["pointermove", "pointerdown", "focusin", "click"]) addEventListener(kind, point, { passive: true });

  // Making the first formatters takes long; while the wasm is on its way there is nothing else to do.
  const { DateTimeFormat, NumberFormat } = Intl;
  requestAnimationFrame(() =>
    setTimeout(() => {
      new NumberFormat().format(1);
      new DateTimeFormat([], { dateStyle: "long" }).format(1);
    }),
  );

  // The part of the wasm that the first page is in (`app::parts`), beside the main piece and not after it.
  const files = new Map("{{parts}}".split(";").map((entry) => entry.split("=")));
  const list = ["", "search", "keywords", "categories", "teams"];
  const text = ["docs", "policies", "support"];
  const dashboard = ["dashboard", "me"];
  const settings = ["settings", "confirm"];
  const tabs = ["versions", "dependencies", "reverse_dependencies", "range", "docs", "repo", "owners"];
  const needed =
    path[0] === "crates" && path[2] === "settings" ? "owners"
    : path[0] === "crates" && path.length > 1 ? (path.length > 3 || tabs.includes(path[2]) ? "crate_tabs" : "krate")
    : path[0] === "accept-invite" || (path[0] === "me" && path[1] === "pending-invites") ? "owners"
    : path[0] === "signup" ? "signup"
    : path[0] === "settings" && path[1] === "username" ? "rename"
    : (path[0] === "settings" && path[1] === "tokens") || (path[0] === "me" && path.length === 1) ? "tokens"
    : text.includes(path[0]) ? "text"
    : path[0] === "users" && path[2] === "which" ? "crate_tabs"
    : list.includes(path[0] ?? "") || path[0] === "crates" ? "list"
    : dashboard.includes(path[0]) ? "dashboard"
    : settings.includes(path[0]) ? "settings"
    : "";
  for (const file of files.get(needed)?.split(",") ?? []) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", type: "application/wasm", href: file });
    awaited.push(new Promise((resolve) => (link.onload = link.onerror = resolve)));
    document.head.append(link);
  }

  // The styles that only parts need, a sheet for parts whose pages are read together (`PartStyles`). What did not arrive can
  // be asked for again.
  const sheets = new Map("{{part_styles}}".split(";").map((entry) => [entry.split(" ")[0], entry.split(" ")]));
  const arriving = new Map();
  const style = (window.__nameplate_part_styles = (name) => {
    if (!arriving.has(name)) {
      const loaded = new Promise((resolve, reject) => {
        const link = document.createElement("link");
        const onerror = (event) => {
          arriving.delete(name);
          link.remove();
          reject(event);
        };
        const [, href, integrity] = sheets.get(name);
        Object.assign(link, { rel: "stylesheet", integrity, href, onload: resolve, onerror });
        document.head.append(link);
      });
      // As with answers: whoever waits is told, and nobody has to.
      loaded.catch(() => {});
      arriving.set(name, loaded);
    }
    return arriving.get(name);
  });
  const styled = { krate: "crate", crate_tabs: "crate", list: "reading", text: "reading", dashboard: "reading", signup: "signup" };
  if (needed) style(styled[needed] ?? "account");

  // A release takes away files that tabs of an older one may still need. Whether that is so tells the page, asked for anew:
  // it has another name. Then this one is loaded anew, at most once in ten minutes, so never in circles.
  const renew = (window.__nameplate_renew = () => {
    const release = `"${document.querySelector("meta[name=release]").content}"`;
    return fetch("/", { cache: "no-store" })
      .then((page) => (page.ok ? page.text() : release))
      .then((text) => {
        if (text.includes(release)) return false;
        try {
          const { sessionStorage } = window;
          if (Date.now() - sessionStorage.getItem("nameplate.renewed") > 600_000) {
            sessionStorage.setItem("nameplate.renewed", Date.now());
            // Long enough to read why.
            setTimeout(() => location.reload(), 1000);
          }
        } catch {
          // Without a memory it might go in circles; the person can do it.
        }
        return true;
      })
      .catch(() => false);
  });

  const failed = ({ type }) => {
    renew();
    const show = () => {
      const note = document.getElementById("boot-failure");
      if (!note) return;
      note.hidden = false;
      if (type === "nameplate:broken") {
        const [heading, words] = note.querySelectorAll("h1, p");
        heading.textContent = "nameplate cannot go on";
        words.textContent = "A part of it did not arrive. Whether what you did last has been done is not known: look before you do it again.";
      }
      document.body.replaceChildren(note);
      document.getElementById("boot-retry")?.addEventListener("click", () => location.reload());
    };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", show);
    else show();
  };
  // `nameplate:started` is sent by the app when it has taken the skeleton's place.
  addEventListener("error", failed);
  addEventListener(
    "nameplate:started",
    async () => {
      removeEventListener("error", failed);
      // When the first page has what it waits for, and has drawn it, the wasm's cold halves may come (xtask's `finish::cold`).
      // An answer may bring the next question, and what is drawn pictures, which come first.
      const settled = () => Promise.allSettled(awaited).then(() => new Promise((resolve) => setTimeout(resolve, 100)));
      for (let known; known !== awaited.length; await settled()) known = awaited.length;
      dispatchEvent(new Event("nameplate:quiet"));
    },
    { once: true },
  );
  addEventListener("nameplate:broken", failed);

  const compiled = (address, integrity) => WebAssembly.compileStreaming(fetch(address, { integrity }));
  // A person's page is in the main piece; what there only it calls comes beside that.
  const user = "{{user}}";
  const isUser = path[0] === "users" && path.length === 2;
  const beside = user && isUser ? compiled(user, "{{user_integrity}}") : null;
  // The app takes the place of what the whole document has, and its JavaScript stands at the end of that; everything else may be
  // here before.
  const parsed = new Promise((resolve) => (document.readyState === "loading" ? addEventListener("DOMContentLoaded", resolve) : resolve()));
  Promise.all([compiled("{{wasm}}", "{{wasm_integrity}}"), beside, parsed])
    .then(([module_or_path, half]) => {
      window.__nameplate_beside = half;
      return window.__nameplate_glue.default({ module_or_path });
    })
    .catch(failed);
})();
