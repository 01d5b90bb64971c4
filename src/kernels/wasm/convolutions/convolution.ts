import type { ConvGeometry } from '../../conv-geometry.js';
import type { Call } from '../../threads/split-work.js';
import type { KernelRoutines } from '../module/kernel-routines.js';

/** The call that tells the routines of a thread which convolution the next calls are about. */
export function geometryCall(geometry: ConvGeometry, scratch: number): Call<KernelRoutines> {
  return [
    'setGeometry',
    geometry.inHeight,
    geometry.inWidth,
    geometry.inChannels,
    geometry.outHeight,
    geometry.outWidth,
    geometry.outChannels,
    geometry.filterHeight,
    geometry.filterWidth,
    geometry.strideHeight,
    geometry.strideWidth,
    geometry.dilationHeight,
    geometry.dilationWidth,
    geometry.padInfo.top,
    geometry.padInfo.left,
    scratch,
  ];
}
