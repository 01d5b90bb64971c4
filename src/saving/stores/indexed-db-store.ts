import { refuse, requireText } from '../../internal/require.js';
import type { CheckpointStore } from './checkpoint-store.js';

const table = 'checkpoints';

/**
 * Keeps checkpoints in the browser, in IndexedDB: each in one transaction, whole or not at all. They outlive a reload and a
 * restart, not a visitor who clears the site's data; Safari clears what was not visited for seven days, and every browser
 * may where the disk is full, unless `navigator.storage.persist()` was granted. Ask for that, and offer long work as a download.
 *
 * A full store rejects with what the browser says, a `QuotaExceededError`; what was kept before is kept still.
 *
 * @param name - Name of the database, one for each run.
 * @returns The store, empty where there was none of the name.
 * @throws RangeError where there is no IndexedDB, as in Node.
 * @see W3C, "Indexed Database API 3.0" (2025), https://www.w3.org/TR/IndexedDB/
 * @example
 * const store = indexedDbStore('garments'); // in a browser
 * await trainGan({ generator, discriminator, data: images, steps: 4, checkpoint: { store }, resume: store });
 * await store.list(); // ['checkpoint-000000000004']
 */
export function indexedDbStore(name: string): CheckpointStore {
  requireText('indexedDbStore', 'name', name);
  if (typeof indexedDB === 'undefined') {
    refuse('indexedDbStore', 'indexedDB', 'be there, as it is in browsers and not in Node', undefined);
  }
  const database = `minimart/${name}`;
  return {
    list: () => use(database, 'readonly', (kept) => kept.getAllKeys()).then((keys) => keys.map(String)),
    read: async (key) => {
      const bytes: unknown = await use(database, 'readonly', (kept) => kept.get(key));
      if (!(bytes instanceof Uint8Array)) throw new Error(`nothing is kept under '${key}'`);
      return bytes;
    },
    write: async (key, bytes) => {
      await use(database, 'readwrite', (kept) => kept.put(bytes, key));
    },
    remove: async (key) => {
      await use(database, 'readwrite', (kept) => kept.delete(key));
    },
    open: () => takeLock(database),
  };
}

// A connection for each use: one that stays open would keep other tabs from ever changing the database.
async function use<T>(
  name: string,
  mode: IDBTransactionMode,
  ask: (kept: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open(name);
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(table, mode, { durability: 'strict' });
      const request = ask(transaction.objectStore(table));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () =>
        reject(transaction.error ?? request.error ?? new Error('the transaction was aborted'));
      transaction.onerror = () => reject(transaction.error ?? request.error);
    });
  } finally {
    database.close();
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error(`the database '${name}' is held open by another tab`));
  });
}

// Web Locks end with their tab, however it ends; pages that are not secure have none.
async function takeLock(name: string): Promise<() => void> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return () => {};
  return new Promise<() => void>((resolve, reject) => {
    const held = locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) refuse('indexedDbStore', 'name', 'be that of a store that no other run has open', name);
      return new Promise<void>((release) => resolve(release));
    });
    held.catch(reject);
  });
}
