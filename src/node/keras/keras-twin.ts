import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';

/** The kinds that have a twin in Keras. */
const kinds = ['embeddingMlp', 'dotProduct', 'neuMf'];

/** Format of the folder, and its version. */
export const folderFormat = 'minimart keras 1';

/** The files of a folder. No other is opened. */
export const folderFiles = {
  description: 'minimart.json',
  config: 'keras.json',
  weights: 'weights.safetensors',
  optimizer: 'optimizer.safetensors',
} as const;

type Refuse = (rule: string, value: unknown) => never;

/** Refuses a model that the package for Keras could not rebuild as it is. */
export function requireTwin(model: EmbeddingModel, refuse: Refuse): void {
  const { kind, features, userColumns, itemColumns, network } = model;
  if (!kinds.includes(kind)) refuse(`be of a kind that has a twin in Keras: ${kinds.join(', ')}`, kind);
  const [owned] = Object.keys({ ...userColumns, ...itemColumns });
  if (owned !== undefined) refuse('look up no feature by user or item, which has no twin in Keras', owned);
  const bag = Object.keys(features).find((name) => features[name]!.kind === 'bag');
  if (bag !== undefined) refuse('have no feature that is a bag, which has no twin in Keras', bag);
  const dropped = network.nodes.find((node) => node.op === 'dense' && node.dropout > 0);
  if (dropped) refuse('have no dropout: masks of Keras would be others', 'dropout' in dropped && dropped.dropout);
  const tables = network.nodes.flatMap((node) => (node.op === 'leaf' && node.table !== undefined ? [node.table] : []));
  if (new Set(tables).size < tables.length) refuse('use each embedding table once', tables);
}
