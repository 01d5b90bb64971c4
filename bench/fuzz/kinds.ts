import {
  buildGenerator,
  categoryColumn,
  countColumn,
  createDqn,
  createRng,
  createVocabulary,
  decodeDqn,
  decodeGan,
  decodeIdx,
  decodeQTable,
  decodeRecommender,
  decodeSafetensors,
  encodeDqn,
  encodeGan,
  encodeQTable,
  encodeRecommender,
  encodeSafetensors,
  learnFromDemand,
  parseRatings,
  parseTable,
  type Rng,
  readTable,
  recommend,
  restoreRng,
  restoreVocabulary,
  sampleGan,
  scoreRatings,
} from 'minimart';
import { checksum } from '../../src/saving/document/checksum.js';
import { recommenderWithEverything } from '../../tests/recsys/support/shop-models.js';
import { mutateBytes, mutateJson } from './mutate.js';

/** One kind of what a stranger may hand over. */
export interface FuzzKind {
  readonly name: string;
  /** Functions that may refuse it. */
  readonly readers: readonly string[];
  /** A damaged one, and what reads and uses it once. */
  make(rng: Rng): Promise<() => unknown>;
}

/** Every kind, with a good file of each made once. */
export async function fuzzKinds(): Promise<readonly FuzzKind[]> {
  const recommender = await encodeRecommender(recommenderWithEverything());
  const generator = buildGenerator({ latentSize: 3, hidden: [8], outputShape: [4, 4, 1], seed: 5 });
  const gan = await encodeGan({ generator, notes: { steps: 3 } });
  generator.dispose();
  const table = await encodeQTable(await learnFromDemand({ observed: [1, 2, 3], holding: 1, penalty: 4, capacity: 4 }));
  return [
    ...documentKinds(recommender, gan),
    ...byteKinds(),
    ...textKinds(),
    ...stateKinds(),
    tableKind(table),
    await agentKind(),
  ];
}

function documentKinds(recommender: Uint8Array, gan: Uint8Array): FuzzKind[] {
  const use = async (bytes: Uint8Array) => {
    const read = await decodeRecommender(bytes);
    try {
      await recommend(read, 'user 1', { k: 2 });
    } finally {
      read.model?.dispose();
    }
  };
  const sample = async (bytes: Uint8Array) => {
    const read = await decodeGan(bytes);
    try {
      (await sampleGan(read.generator, 2, { seed: 1 })).dispose();
    } finally {
      read.dispose();
    }
  };
  return [
    documentKind('recommender', ['decodeRecommender', 'recommend'], recommender, use),
    documentKind('GAN', ['decodeGan', 'sampleGan'], gan, sample),
  ];
}

function tableKind(good: Uint8Array): FuzzKind {
  return documentKind('Q-table', ['decodeQTable', 'act'], good, async (bytes) => {
    const { policy, states } = await decodeQTable(bytes);
    policy.act(new Array(states().shape[1]).fill(1));
  });
}

async function agentKind(): Promise<FuzzKind> {
  const agent = createDqn({ observationSize: 2, actions: 2, hidden: [3], batchSize: 4, replaySize: 9, nStep: 2 });
  for (let day = 0; day < 9; day += 1) {
    const nextObservation = [day, 1];
    agent.observe({ observation: [day, 0], action: day % 2, reward: day, nextObservation, terminated: day === 4 });
  }
  await agent.learn();
  return documentKind('DQN', ['decodeDqn', 'act'], await encodeDqn(agent), async (bytes) => {
    const read = await decodeDqn(bytes);
    read.act(new Array(read.config.observationSize).fill(1));
  });
}

function documentKind(
  name: string,
  readers: readonly string[],
  good: Uint8Array,
  read: (bytes: Uint8Array) => unknown,
): FuzzKind {
  return {
    name,
    readers,
    make: async (rng) => {
      const bytes = rng.integer(4) === 0 ? mutateBytes(good, rng) : await resealed(good, rng);
      return () => read(bytes);
    },
  };
}

/** Another description or other numbers, under a checksum that fits them. */
async function resealed(bytes: Uint8Array, rng: Rng): Promise<Uint8Array> {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const names = Object.keys(tensors);
  const name = rng.integer(4) > 0 ? 'description' : rng.choice(names);
  const { values, shape } = tensors[name]!;
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  const changed =
    name === 'description'
      ? new TextEncoder().encode(mutateJson(new TextDecoder().decode(raw), rng))
      : raw.map((byte, place) => (place === rng.integer(raw.length) ? rng.integer(256) : byte));
  const same = values.constructor as new (buffer: ArrayBufferLike) => typeof values;
  const numbers = name === 'description' ? changed : new same(changed.buffer);
  const all = { ...tensors, [name]: { shape: name === 'description' ? [changed.length] : shape, values: numbers } };
  return encodeSafetensors(all, { metadata: { ...metadata, checksum: await checksum(all) } });
}

function byteKinds(): FuzzKind[] {
  const idx = Uint8Array.of(0, 0, 11, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6);
  const tensors = encodeSafetensors(
    { a: { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) } },
    { metadata: { made: 'here' } },
  );
  const header = new TextDecoder().decode(tensors.subarray(8, tensors.length - 16));
  const withHeader = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    const file = new Uint8Array(8 + bytes.length + 16);
    new DataView(file.buffer).setUint32(0, bytes.length, true);
    file.set(bytes, 8);
    return file;
  };
  return [
    bytesKind('IDX', ['decodeIdx'], (rng) => mutateBytes(idx, rng), decodeIdx),
    bytesKind(
      'safetensors',
      ['decodeSafetensors'],
      (rng) => (rng.integer(2) === 0 ? mutateBytes(tensors, rng) : withHeader(mutateJson(header, rng))),
      decodeSafetensors,
    ),
  ];
}

function textKinds(): FuzzKind[] {
  const encode = (text: string) => new TextEncoder().encode(text);
  const csv = encode('user,item,pieces\nann,"a ""big"" mug",2\r\nbob,tea,3\nann,tea,1\n');
  const answers = encode('rater,item,answer\nann,1,real\nbob,1,generated\nann,2,real\nbob,2,real\n');
  const columns = () => ({ user: categoryColumn(), item: categoryColumn(), pieces: countColumn() });
  const mutate = (good: Uint8Array) => (rng: Rng) => mutateBytes(mutateBytes(good, rng), rng);
  const key = { seed: 7, truth: ['real', 'generated'] as const, places: [0, 0] };
  return [
    bytesKind('CSV text', ['parseTable'], mutate(csv), (bytes) =>
      parseTable(new TextDecoder().decode(bytes), columns()),
    ),
    bytesKind('CSV bytes', ['readTable'], mutate(csv), (bytes) => readTable(bytes, columns())),
    bytesKind('ratings', ['parseRatings', 'scoreRatings'], mutate(answers), (bytes) =>
      scoreRatings(key, parseRatings(new TextDecoder().decode(bytes))),
    ),
  ];
}

function stateKinds(): FuzzKind[] {
  const key = { seed: 7, truth: ['real', 'generated'], places: [0, 0] };
  return [
    jsonKind('vocabulary', ['restoreVocabulary'], createVocabulary(['a', 'b'], { hasUnknown: true }), (state) =>
      restoreVocabulary(state as never).idAt(0),
    ),
    jsonKind('rng', ['restoreRng'], createRng(7).state(), (state) =>
      restoreRng(state as never).fillNormal(new Float32Array(9)),
    ),
    jsonKind('rating key', ['scoreRatings'], key, (state) =>
      scoreRatings(state as never, [{ rater: 'ann', item: 1, answer: 'real' }]),
    ),
  ];
}

function bytesKind(
  name: string,
  readers: readonly string[],
  mutate: (rng: Rng) => Uint8Array,
  read: (bytes: Uint8Array) => unknown,
): FuzzKind {
  return {
    name,
    readers,
    make: async (rng) => {
      const bytes = mutate(rng);
      return () => read(bytes);
    },
  };
}

// What is no JSON any more never reaches a reader of states.
function jsonKind(
  name: string,
  readers: readonly string[],
  good: unknown,
  read: (state: unknown) => unknown,
): FuzzKind {
  const json = JSON.stringify(good);
  return {
    name,
    readers,
    make: async (rng) => {
      const text = mutateJson(json, rng);
      let state: unknown;
      try {
        state = JSON.parse(text);
      } catch {
        state = text;
      }
      return () => read(state);
    },
  };
}
