import { createPause } from '../../internal/pause.js';
import { piecemeal } from '../../internal/pieces.js';
import { openSequenceHost } from './network/sequence-host.js';
import {
  createSequenceNetwork,
  roomOf,
  type SequenceNetwork,
  sequenceNetworkLength,
} from './network/sequence-network.js';
import { packsOf, type Sequences } from './pack-sequences.js';
import { planOf, type SasRecModel } from './sas-rec-model.js';

/** Computes what comes out of a model for the latest item of sequences. */
export interface VectorReader {
  /** `[S, D]`, of sequences with one item at least and `maxLength` at most. */
  read(sequences: Sequences): Promise<Float32Array>;
}

/** Makes a reader; networks that are not in use wait for the next call. */
export function createVectorReader(model: SasRecModel): VectorReader {
  const free: SequenceNetwork[] = [];
  return {
    read: async (sequences) => {
      const network = free.pop() ?? (await openNetwork(model));
      try {
        return await readVectors(model, network, sequences);
      } finally {
        free.push(network);
      }
    },
  };
}

async function openNetwork(model: SasRecModel): Promise<SequenceNetwork> {
  const plan = planOf(model);
  const room = { rows: roomOf(plan) };
  const host = await openSequenceHost(sequenceNetworkLength(plan, room));
  return createSequenceNetwork(plan, host, room);
}

async function readVectors(model: SasRecModel, network: SequenceNetwork, sequences: Sequences): Promise<Float32Array> {
  const { embeddingSize: size, maxLength } = model.config;
  const { memory } = network.ground;
  const vectors = new Float32Array((sequences.offsets.length - 1) * size);
  const pause = createPause();
  memory.set(model.parameters, network.parameters);
  const { values } = model.table;
  for (const { first, end, offsets, start, positions } of packsOf(sequences, maxLength, roomOf(model.config))) {
    const chunk = {
      ...{ offsets, positions },
      fill: (row: number, place: number) => {
        const item = sequences.items[start + row]! * size;
        memory.set(values.subarray(item, item + size), place);
      },
    };
    await piecemeal(network.forward(chunk), pause);
    for (let sequence = first; sequence < end; sequence += 1) {
      const from = network.output + (offsets[sequence - first + 1]! - 1) * size;
      vectors.set(memory.subarray(from, from + size), sequence * size);
    }
  }
  return vectors;
}
