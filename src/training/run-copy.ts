import { NonFiniteLossError } from '../internal/non-finite-loss-error.js';
import { createReader } from '../saving/document/reader.js';
import { requireFiniteTensors } from '../saving/finite-tensors.js';
import { joinParts, type Part, type Snapshot } from '../saving/parts/part.js';

/** A copy in memory of what a run trains, to go back to. */
export interface RunCopy {
  /** The step that it was taken at; undefined before the first. */
  readonly step: number | undefined;
  /** Takes a copy in place of the last one; throws, and keeps that, where a number is not finite. */
  keep(step: number): Promise<void>;
  /** Puts everything where the copy was taken. */
  putBack(): Promise<void>;
  /** The copy itself, to be written down. */
  readonly part: Part;
}

/** @param networks - What is trained with each network, by the name that messages call it. */
export function createRunCopy(where: string, networks: Readonly<Record<string, Part>>): RunCopy {
  const all = joinParts(networks);
  let kept: (Required<Snapshot> & { readonly step: number }) | undefined;
  return {
    get step() {
      return kept?.step;
    },
    keep: async (step) => {
      const { values = {}, tensors = {} } = await all.save();
      for (const network of Object.keys(networks)) {
        const own = Object.entries(tensors).filter(([name]) => name.startsWith(`${network}/`));
        await requireFiniteTensors(Object.fromEntries(own), (_rule, value) => {
          throw new NonFiniteLossError(where, network, step, value as number, 'weights');
        });
      }
      kept = { values, tensors, step };
    },
    putBack: async () => {
      const { values, tensors } = kept!;
      const putBack = await all.read({ values: createReader(values, 'copy'), tensors: copyOf(tensors) });
      await putBack();
    },
    part: {
      save: () => (kept ? { values: { step: kept.step, state: kept.values }, tensors: kept.tensors } : {}),
      read: async ({ values, tensors, prefix }) => {
        if (!values.has('step')) return () => {};
        const step = values.whole('step', 0, Number.MAX_SAFE_INTEGER);
        const state = values.part('state');
        // Refuses what does not fit before anything is changed.
        await all.read({ values: state, tensors, ...(prefix !== undefined && { prefix }) });
        return () => {
          kept = { values: state.plain() as Required<Snapshot>['values'], tensors, step };
        };
      },
    },
  };
}

// Some backends take the very memory that they are given, and write to it.
function copyOf(tensors: Required<Snapshot>['tensors']): Required<Snapshot>['tensors'] {
  const copies = Object.entries(tensors).map(([name, { shape, values }]) => [name, { shape, values: values.slice() }]);
  return Object.fromEntries(copies);
}
