import { byteKinds } from './byte-kinds.js';
import { checkpointKinds } from './checkpoint-kinds.js';
import { documentKinds } from './document-kinds.js';
import type { FuzzKind } from './kind.js';
import { learnerKinds } from './learner-kinds.js';
import type { Scratch } from './scratch.js';
import { stateKinds } from './state-kinds.js';
import { tableKinds } from './table-kinds.js';

/** Every kind, with a good file of each made once. */
export async function fuzzKinds(scratch: Scratch): Promise<readonly FuzzKind[]> {
  return [
    ...(await documentKinds()),
    ...(await learnerKinds()),
    ...(await checkpointKinds()),
    ...byteKinds(scratch),
    ...tableKinds(scratch),
    ...stateKinds(),
  ];
}
