import { createRng, createVocabulary, restoreRng, restoreTablePolicy, restoreVocabulary, scoreRatings } from 'minimart';
import { type FuzzKind, jsonKind } from './kind.js';

/** States in JSON, which functions restore. */
export function stateKinds(): FuzzKind[] {
  const policy = {
    name: 'p',
    actions: 2,
    otherwise: 'nearest',
    states: [
      [1, 2],
      [3, 4],
    ],
    values: [
      [0.5, null],
      [1, 2],
    ],
  };
  const key = { seed: 7, truth: ['real', 'generated'], places: [0, 0] };
  return [
    jsonKind('vocabulary', ['restoreVocabulary'], createVocabulary(['a', 'b'], { hasUnknown: true }), (state) =>
      restoreVocabulary(state as never).idAt(0),
    ),
    jsonKind('table policy', ['restoreTablePolicy', 'act'], policy, (state) => {
      const restored = restoreTablePolicy(state as never);
      restored.act(Array.from({ length: (state as typeof policy).states[0]!.length }, () => 1));
    }),
    jsonKind('rng', ['restoreRng'], createRng(7).state(), (state) =>
      restoreRng(state as never).fillNormal(new Float32Array(9)),
    ),
    jsonKind('rating key', ['scoreRatings'], key, (state) =>
      scoreRatings(state as never, [{ rater: 'ann', item: 1, answer: 'real' }]),
    ),
  ];
}
