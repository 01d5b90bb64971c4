import { getBackend, getGradient, Mean, type Variable } from '@tensorflow/tfjs-core';
import { hostRoutines } from '../../../kernels/host-routines.js';
import { prepareBackend } from '../../../kernels/prepare-backend.js';
import type { Network } from '../models/network.js';
import { createHostEngine } from './host-engine.js';
import type { NetworkEngine } from './network-engine.js';
import { createTensorEngine } from './tensor-engine.js';

/** Gives the engine for the backend that is active at the time of each call. */
export type EngineSource = () => NetworkEngine | Promise<NetworkEngine>;

/** On wasm the routines run on the host's numbers directly; elsewhere tfjs's operations do the work. */
export function createEngineSource(network: Network, variables: Readonly<Record<string, Variable>>): EngineSource {
  const engines = new Map<string, NetworkEngine>();
  const open = async (backendName: string): Promise<NetworkEngine> => {
    await prepareBackend();
    const host = backendName === 'wasm' ? await hostRoutines() : undefined;
    if (!host) await prepareGradients();
    const engine = host ? createHostEngine(host, network) : createTensorEngine(network, variables);
    engines.set(backendName, engine);
    return engine;
  };
  return () => engines.get(getBackend()) ?? open(getBackend());
}

/**
 * Makes tfjs able to differentiate: its core alone is not, its layers package registers the gradients of all kernels.
 *
 * @returns Nothing to wait for where they are there already.
 */
export function prepareGradients(): Promise<unknown> | undefined {
  return getGradient(Mean) === undefined ? import('@tensorflow/tfjs-layers') : undefined;
}
