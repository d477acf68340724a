// The cold halves of the wasm, as `finish::hot_cold` splits it: fetched once the first page stands or somebody begins to
// use it, and each at the very moment when one of its functions is called before that.
const coldHalves = {};
const isQuiet = new Promise((resolve) => {
  for (const kind of ["nameplate:quiet", "pointerdown", "keydown"]) addEventListener(kind, resolve, { once: true });
});

const coldHalf = (name, address, integrity) => {
  let isHere = false;
  coldHalves[name] = () => {
    if (isHere) return;
    const { __nameplate_beside: beside } = window;
    if (beside) {
      // Came with the main piece, for the page that is loaded, and may be all that is called.
      window.__nameplate_beside = null;
      new WebAssembly.Instance(beside, getSharedImports());
      return;
    }
    try {
      const request = new XMLHttpRequest();
      request.open("GET", address, false);
      // The one way to bytes: each becomes a character whose code ends with it.
      request.overrideMimeType("text/plain; charset=x-user-defined");
      request.send();
      const bytes = Uint8Array.from(request.responseText, (character) => character.charCodeAt());
      new WebAssembly.Instance(new WebAssembly.Module(bytes), getSharedImports());
      isHere = true;
    } catch (cause) {
      // The app cannot go on; the start script says so.
      dispatchEvent(new Event("nameplate:broken"));
      throw cause;
    }
  };
  const fetchIt = () =>
    isHere || WebAssembly.instantiateStreaming(fetch(address, { integrity }), getSharedImports()).then(() => (isHere = true)).catch(() => {});
  return () => {
    isQuiet.then(() => (window.requestIdleCallback ?? setTimeout)(fetchIt));
  };
};
