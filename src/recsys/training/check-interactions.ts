import type { Interactions } from '../../data/interactions.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { refuse } from '../../internal/require.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';

/** Checks that a model knows the users and items of some interactions, under the same indices. */
export function requireInteractions(where: string, model: EmbeddingModel, interactions: Interactions): void {
  if (!(interactions?.itemIndices instanceof Int32Array)) {
    refuse(where, 'interactions', 'be Interactions, such as createInteractions() makes', interactions);
  }
  if (interactions.length === 0) refuse(where, 'interactions', 'hold a row or more', 0);
  requireVocabulary(where, model, 'user', interactions.users);
  requireVocabulary(where, model, 'item', interactions.items);
  for (const [name, feature] of Object.entries(model.features)) {
    const isKnown = name === 'user' || name === 'item' || name in model.userColumns || name in model.itemColumns;
    if (!isKnown) {
      const rule =
        'have features `user` and `item` alone, besides `userColumns` and `itemColumns`, to learn from interactions';
      refuse(where, 'model', rule, `${name}, which is ${feature.kind}`);
    }
  }
}

function requireVocabulary(where: string, model: EmbeddingModel, name: 'user' | 'item', expected: Vocabulary): void {
  const feature = model.features[name];
  if (feature?.kind !== 'categorical') {
    refuse(where, 'model', `have a categorical feature \`${name}\``, Object.keys(model.features));
  }
  const { vocabulary } = feature;
  if (vocabulary === expected) return;
  const rule = `have the ${name}s of \`interactions\`, under the same indices`;
  if (vocabulary.size !== expected.size) refuse(where, 'model', rule, `${vocabulary.size} against ${expected.size}`);
  for (let index = 0; index < expected.size; index += 1) {
    const [own, other] = [vocabulary.idAt(index), expected.idAt(index)];
    if (own !== other) refuse(where, 'model', rule, `${own} against ${other} at ${index}`);
  }
}
