/** Tables that the server computes: fetched in the background, decoded once, the latest used kept for the whole visit. */

import { decode } from "./interpolate.js";

const KEPT = 64;
const tables = new Map(); // by address, the one used last at the end

/**
 * Make a store that fetches what is asked for, one table of a kind at a time.
 * @param {() => void} arrived Called when a table is there, or when it is clear that it will not come.
 * @returns {{get: (wanted: Object<string, string>) => object, held: () => string[],
 *   failed: (wanted: object) => boolean, retry: () => void}}
 */
export function tableStore(arrived) {
  const underWay = new Set();
  const failures = new Set();
  let wantedNow = {};

  async function fetchTable(kind, address) {
    underWay.add(kind);
    try {
      const answer = await fetch(new URL(address, window.location.origin));
      if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
      tables.set(address, decode(await answer.json()));
      if (tables.size > KEPT) tables.delete(tables.keys().next().value); // the one unused for longest
    } catch {
      failures.add(address);
    }
    underWay.delete(kind);
    // An answer that nobody waits for any more is kept but not shown: the settings may have moved on.
    get(wantedNow);
    arrived();
  }

  function used(address) {
    const table = tables.get(address);
    tables.delete(address);
    tables.set(address, table);
    return table;
  }

  function get(wanted) {
    wantedNow = wanted;
    const found = {};
    for (const [kind, address] of Object.entries(wanted)) {
      if (tables.has(address)) found[kind] = used(address);
      else if (!underWay.has(kind) && !failures.has(address)) fetchTable(kind, address);
    }
    return found;
  }

  return {
    get,
    held: () => [...tables.keys()],
    failed: (wanted) => Object.values(wanted).some((address) => failures.has(address)),
    retry: () => failures.clear(),
  };
}
