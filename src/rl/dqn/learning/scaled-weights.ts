import type { DensePlan } from '../../../nn/host/dense-plan.js';
import type { Scaling } from './scaling.js';

/**
 * The same network for observations as they come and values in the units of rewards: the scaling goes into the first
 * maps and the last.
 */
export function withScaling(weights: Float32Array, plan: DensePlan, scaling: Scaling): Float32Array {
  const raw = weights.slice();
  for (const map of firstMaps(plan)) {
    for (let input = 0, at = map.weights; input < map.inputs; input += 1) {
      for (let output = 0; output < map.outputs; output += 1, at += 1) {
        raw[at]! /= scaling.spread[input]!;
        raw[map.bias + output]! -= scaling.center[input]! * raw[at]!;
      }
    }
  }
  scaleOutputs(raw, plan, scaling.reward);
  shiftValues(raw, plan, scaling.baseline);
  return raw;
}

/** Undoes {@link withScaling}. */
export function withoutScaling(weights: Float32Array, plan: DensePlan, scaling: Scaling): Float32Array {
  const scaled = weights.slice();
  shiftValues(scaled, plan, -scaling.baseline);
  scaleOutputs(scaled, plan, 1 / scaling.reward);
  for (const map of firstMaps(plan)) {
    for (let input = 0, at = map.weights; input < map.inputs; input += 1) {
      for (let output = 0; output < map.outputs; output += 1, at += 1) {
        scaled[map.bias + output]! += scaling.center[input]! * scaled[at]!;
        scaled[at]! *= scaling.spread[input]!;
      }
    }
  }
  return scaled;
}

function firstMaps({ trunk, streams }: DensePlan) {
  return trunk.length > 0 ? trunk.slice(0, 1) : streams.map((stream) => stream[0]!);
}

function scaleOutputs(weights: Float32Array, plan: DensePlan, factor: number): void {
  for (const stream of plan.streams) {
    const { weights: start, bias, outputs } = stream.at(-1)!;
    for (let at = start; at < bias + outputs; at += 1) weights[at]! *= factor;
  }
}

// The first stream ends in the values of all actions, or in the state's value, which is added to all.
function shiftValues(weights: Float32Array, { streams }: DensePlan, shift: number): void {
  const { bias, outputs } = streams[0]!.at(-1)!;
  for (let at = bias; at < bias + outputs; at += 1) weights[at]! += shift;
}
