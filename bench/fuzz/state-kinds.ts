import { createRng, createVocabulary, restoreRng, restoreVocabulary, scoreRatings } from 'minimart';
import { type FuzzKind, jsonKind } from './kind.js';

/** States in JSON, which functions restore. */
export function stateKinds(): FuzzKind[] {
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
