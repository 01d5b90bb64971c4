import { requireInteractions } from '../../data/interactions/require-interactions.js';
import type { Interactions } from '../../data/interactions.js';
import { growVocabulary } from '../../data/vocabulary.js';
import { requireOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { idsOfLeaf, leavesOf, type PlacedLeaf } from '../blocks/leaf-blocks.js';
import { knowledgeOfRows } from '../knowledge.js';
import type { Knowledge, Recommender } from '../recommender.js';

/**
 * Wraps a model for everything that takes a recommender: evaluation, recommending, explaining.
 *
 * The wrapper keeps nothing: it scores with the weights that the model has at that moment. With `seen`, users and items
 * without a row there count as not known, since their embeddings are still the random ones, unless the model has other
 * features that say something of them: a number, a category that is known, members of a bag. See {@link Knowledge}.
 *
 * @param model - A model with the categorical features `user` and `item`; it stays yours.
 * @returns A recommender over the model.
 * @throws RangeError when the model lacks one of these features.
 * @example
 * asRecommender(model, { seen: interactions }).name; // 'embeddingMlp'
 */
export function asRecommender(
  model: EmbeddingModel,
  options: {
    /** What it was trained on: the rows that count as seen. By default nothing counts as seen. */
    readonly seen?: Interactions;
    /** What reports call it. Default: the model's kind. */
    readonly name?: string;
  } = {},
): Recommender {
  requireOptions('asRecommender', options, { seen: true, name: true });
  if (typeof model?.scorePairs !== 'function' || !model.features)
    refuse('asRecommender', 'model', 'be an embedding model, such as buildEmbeddingMlp() makes', model);
  const { seen, name = model.kind } = options;
  if (seen !== undefined) requireInteractions('asRecommender', 'seen', seen);
  return {
    name,
    users: vocabularyOf(model, 'user'),
    items: vocabularyOf(model, 'item'),
    ...(seen && { seen, knowledge: knowledgeOfModel(model, seen) }),
    model,
    ...abilitiesOf(model),
    scorePairs: (users, items) => model.scorePairs(users, items),
    scoreAll: (users) => model.scoreAll(users),
    ...(model.factors ? { factors: () => model.factors!() } : {}),
  };
}

// Loaded when they are needed: to train and to serve takes none of them.
function abilitiesOf(model: EmbeddingModel): Pick<Recommender, 'state' | 'foldInUser' | 'foldInItem' | 'explain'> {
  const folding = () => import('../folding/fold-into-model.js');
  return {
    state: async () => (await import('../saving/model-state.js')).stateOfModel(model),
    foldInUser: async (items, _weights, options) =>
      (await folding()).foldUserIntoModel('foldInUser', model, items, options),
    async foldInItem(this: Recommender, id, indices, weights, options) {
      const items = growVocabulary(this.items, [id]);
      const grown = await (await folding()).foldItemIntoModel('foldInItem', model, items, indices, options);
      const { withItemRows } = await import('../folding/grow-recommender.js');
      const seen = this.seen && withItemRows(this.seen, items, { indices, weights }).seen;
      return asRecommender(grown, { name: this.name, ...(seen && { seen }) });
    },
    explain: async (user, item, options) =>
      (await import('../explaining/explain-model.js')).explainByModel(model, user, item, options),
  };
}

function knowledgeOfModel(model: EmbeddingModel, seen: Interactions): Knowledge {
  const { knowsUser, knowsItem } = knowledgeOfRows(seen);
  const others = leavesOf(model).filter(({ feature, owner }) => feature !== owner);
  const isDescribed = (owner: 'user' | 'item', index: number) =>
    others.some((leaf) => leaf.owner === owner && saysSomething(model, leaf, index));
  return {
    knowsUser: (user) => knowsUser(user) || isDescribed('user', user),
    knowsItem: (item) => knowsItem(item) || isDescribed('item', item),
  };
}

// A number always does; a category or members of a bag do, where they are known ones.
function saysSomething(model: EmbeddingModel, leaf: PlacedLeaf, index: number): boolean {
  const feature = model.features[leaf.feature]!;
  if (feature.kind === 'numeric') return true;
  return idsOfLeaf(model, leaf, index).some((id) => id !== feature.vocabulary.unknownIndex);
}

function vocabularyOf(model: EmbeddingModel, name: 'user' | 'item') {
  const feature = model.features[name];
  if (feature?.kind === 'categorical') return feature.vocabulary;
  return refuse('asRecommender', 'model', `have a categorical feature \`${name}\``, Object.keys(model.features));
}
