import type { Tensors } from '../document/document.js';
import type { JsonObject } from '../document/json.js';
import type { Reader } from '../document/reader.js';

/** What was written down of a part: numbers in tensors of their own memory, and all else in JSON. */
export interface Snapshot {
  readonly values?: JsonObject;
  readonly tensors?: Tensors;
}

/** A snapshot as it comes out of a file, to be asked for what it holds. */
export interface SavedSnapshot {
  readonly values: Reader;
  readonly tensors: Tensors;
  /** What the names of its tensors begin with in the file. */
  readonly prefix?: string;
}

/** A part of a run that can be written down between two steps, and put where it was. */
export interface Part {
  /** Copies what it is; what comes later does not change the copy. */
  save(): Snapshot | Promise<Snapshot>;
  /**
   * Reads a copy and refuses one that does not fit, by `refuseFile`; nothing is changed yet.
   *
   * @returns Puts the part there.
   */
  read(saved: SavedSnapshot): PutBack | Promise<PutBack>;
}

/** Puts a part where a snapshot was taken. */
export type PutBack = () => void | Promise<void>;

/** Parts by stable names as one part; those that are not there are passed over. Either all are put back or none. */
export function joinParts(parts: Readonly<Record<string, Part | undefined>>): Part {
  const given = Object.entries(parts).filter((entry): entry is [string, Part] => entry[1] !== undefined);
  return {
    save: async () => {
      const saved: [string, Snapshot][] = [];
      for (const [name, part] of given) saved.push([name, await part.save()]);
      return joinSnapshots(saved);
    },
    read: async (saved) => {
      const all: PutBack[] = [];
      for (const [name, part] of given) all.push(await part.read(partOf(saved, name)));
      return async () => {
        for (const putBack of all) await putBack();
      };
    },
  };
}

/** Snapshots by stable names as one; {@link partOf} gives each of them again. */
export function joinSnapshots(snapshots: readonly (readonly [string, Snapshot])[]): Required<Snapshot> {
  const values: Record<string, JsonObject> = {};
  const tensors: Record<string, Tensors[string]> = {};
  for (const [name, saved] of snapshots) {
    values[name] = saved.values ?? {};
    for (const [each, tensor] of Object.entries(saved.tensors ?? {})) tensors[`${name}/${each}`] = tensor;
  }
  return { values, tensors };
}

/** One part of a joined snapshot. */
export function partOf({ values, tensors, prefix: before = '' }: SavedSnapshot, name: string): SavedSnapshot {
  const prefix = `${name}/`;
  const own = Object.entries(tensors).filter(([each]) => each.startsWith(prefix));
  return {
    values: values.part(name),
    tensors: Object.fromEntries(own.map(([each, tensor]) => [each.slice(prefix.length), tensor])),
    prefix: `${before}${prefix}`,
  };
}
