import type { Tensor } from '@tensorflow/tfjs-core';

/** The numbers of a tensor, which is disposed then, also when they cannot be read. */
export async function readAndDispose(tensor: Tensor): Promise<Float32Array | Int32Array | Uint8Array> {
  try {
    return await tensor.data();
  } finally {
    tensor.dispose();
  }
}
