import {
  clone,
  dispose,
  keep,
  mul,
  type NamedTensorMap,
  type Scalar,
  square,
  stack,
  sum,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { layerNames, stateVariables, trainableVariables } from '../../../nn/models/model-variables.js';

/** A loss, and its gradients by the names of variables. */
export interface Gradients {
  readonly value: Scalar;
  readonly grads: NamedTensorMap;
}

/** What is not finite in an update. */
export interface UpdateFault {
  readonly what: 'loss' | 'gradients' | 'weights';
  readonly value: number;
  readonly layer?: string;
}

/** Holds back the updates of one network, one at a time. */
export interface UpdateGate {
  /** Remembers the batch statistics, before an update is computed. */
  open(): void;
  /** Holds an update. */
  hold(update: Gradients): void;
  /** Looks at the update that is held, in one read. */
  look(): Promise<UpdateFault | undefined>;
  /** Hands on the gradients that are held, to be applied, and lets go of them. */
  pass(apply: (grads: NamedTensorMap) => void): void;
  /** Lets go of the update, and puts the batch statistics back. */
  drop(): void;
  /** Lets go of what is held. */
  close(): void;
}

// Squares of sums go as far as float32 does, 3.4e38: gradients may come to 1.8e19, beyond which Adam's second moments are
// infinite, and statistics to 1.8e31.
const stateScale = 1e-12;

/** Makes the gate of a network. */
export function createUpdateGate(model: LayersModel): UpdateGate {
  const [trained, state, layers] = [trainableVariables(model), stateVariables(model), layerNames(model)];
  let before: Tensor[] = [];
  let held: Gradients | undefined;
  const close = () => {
    dispose(before);
    if (held) dispose([held.value, ...Object.values(held.grads)]);
    [before, held] = [[], undefined];
  };
  return {
    open: () => {
      close();
      before = state.map((each) => keep(clone<Tensor>(each)));
    },
    hold: ({ value, grads }) => {
      const kept = Object.entries(grads).map(([name, each]) => [name, keep(clone(each))] as const);
      held = { value: keep(clone(value)), grads: Object.fromEntries(kept) };
    },
    look: async () => {
      const { value, grads } = held!;
      const moved = trained.filter(({ name }) => grads[name]);
      const sizes = tidy(() =>
        stack([
          value,
          ...moved.map(({ name }) => sum(square(grads[name]!))),
          ...state.map((each) => sum(square(mul(each, stateScale)))),
        ]),
      );
      const [loss, ...rest] = await sizes.data<'float32'>().finally(() => sizes.dispose());
      const place = rest.findIndex((size) => !Number.isFinite(size));
      if (Number.isFinite(loss) && place < 0) return undefined;
      const layer = place < 0 ? undefined : layers.get([...moved, ...state][place]!);
      const where = layer === undefined ? {} : { layer };
      if (!Number.isFinite(loss)) return { what: 'loss', value: loss!, ...where };
      return { what: place < moved.length ? 'gradients' : 'weights', value: rest[place]!, ...where };
    },
    pass: (apply) => {
      apply(held!.grads);
      close();
    },
    drop: () => {
      state.forEach((each, index) => {
        each.assign(before[index]!);
      });
      close();
    },
    close,
  };
}
