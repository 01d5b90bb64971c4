import { type Finding, right } from './effect.js';

// Found by finite differences against tfjs 4.22; tests repeat it.
const findings: Readonly<Record<string, Finding>> = {
  linear: right,
  relu: right,
  softplus: right,
  softsign: right,
  gelu: right,
  tanh: { effect: 'wrong', advice: "activationLayer({ kind: 'tanh' })" },
  sigmoid: { effect: 'wrong', advice: "activationLayer({ kind: 'sigmoid' })" },
  softmax: { effect: 'wrong', advice: "activationLayer({ kind: 'softmax' })" },
  swish: { effect: 'wrong', advice: "activationLayer({ kind: 'swish' })" },
  mish: { effect: 'wrong', advice: "activationLayer({ kind: 'swish' })" },
  gelu_new: { effect: 'wrong', advice: "activationLayer({ kind: 'gelu' })" },
  logSoftmax: { effect: 'wrong', advice: 'logits, with the softmax in the loss' },
  elu: { effect: 'throws', advice: "activationLayer({ kind: 'elu' })" },
  selu: { effect: 'throws', advice: "activationLayer({ kind: 'selu' })" },
  relu6: { effect: 'throws', advice: "activationLayer({ kind: 'clip', low: 0, high: 6 })" },
  hardSigmoid: { effect: 'throws', advice: "activationLayer({ kind: 'sigmoid' })" },
};

/** The finding for an activation of tfjs-layers, named as in a layer's config. */
export function activationEffect(activation: unknown): Finding {
  if (activation === null || activation === undefined) return right;
  const name = String(activation);
  const finding = Object.hasOwn(findings, name) ? findings[name]! : { effect: 'unknown' as const };
  return finding === right ? right : { ...finding, cause: `activation '${name}'` };
}
