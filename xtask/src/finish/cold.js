// The cold halves of the wasm, as `finish::hot_cold` splits it: fetched once the first page stands or somebody begins to
// use it, and each at the very moment when one of its functions is called before that.
const coldHalves = {};
// Those that are on their way, or will be.
const awaitedHalves = (window.__nameplate_cold = new Set());
const isQuiet = new Promise((resolve) => {
  for (const kind of ["nameplate:quiet", "pointerdown", "keydown"]) addEventListener(kind, resolve, { once: true });
});

// The browser checks what it fetches; what is asked for at once it leaves to whoever asks, and its own hashes make one wait.
// FIPS 180-4, in base64.
const sha256 = (bytes) => {
  const fraction = (number) => (number % 1) * 2 ** 32;
  const primes = [];
  for (let number = 2; primes.length < 64; number++) if (primes.every((prime) => number % prime)) primes.push(number);
  const rounds = primes.map((prime) => fraction(Math.cbrt(prime)) | 0);
  const hash = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
  const padded = new DataView(new ArrayBuffer(((bytes.length + 72) >> 6) << 6));
  new Uint8Array(padded.buffer).set([...bytes, 128]);
  padded.setUint32(padded.byteLength - 4, bytes.length * 8);
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  const words = new Int32Array(64);
  for (let block = 0; block < padded.byteLength; block += 64) {
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i++) {
      const [early, late] = [words[i - 15], words[i - 2]];
      words[i] =
        i < 16
          ? padded.getInt32(block + i * 4)
          : words[i - 16] + words[i - 7] + (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
      const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + rounds[i] + words[i];
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] += word));
  }
  const digest = new DataView(new ArrayBuffer(32));
  hash.forEach((word, i) => digest.setInt32(i * 4, word));
  return btoa(String.fromCharCode(...new Uint8Array(digest.buffer)));
};

const coldHalf = (name, address, integrity) => {
  let isHere = false;
  const arrived = () => {
    isHere = true;
    awaitedHalves.delete(name);
  };
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
      if (integrity !== `sha256-${sha256(bytes)}`) throw new Error(`${address} is not what it must be`);
      new WebAssembly.Instance(new WebAssembly.Module(bytes), getSharedImports());
      arrived();
    } catch (cause) {
      // The app cannot go on; the start script says so.
      dispatchEvent(new Event("nameplate:broken"));
      throw cause;
    }
  };
  const bring = async () => {
    if (isHere) return;
    try {
      await WebAssembly.instantiateStreaming(fetch(address, { integrity }), getSharedImports());
    } catch {
      // Whoever calls it tries again.
      awaitedHalves.delete(name);
      return;
    }
    arrived();
  };
  return () => {
    awaitedHalves.add(name);
    isQuiet.then(() => (window.requestIdleCallback ?? setTimeout)(bring));
  };
};
