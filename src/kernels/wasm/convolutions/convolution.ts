import type { ConvGeometry } from '../../conv-geometry.js';
import type { KernelRoutines } from '../module/kernel-routines.js';

/** Tells the routines which convolution the next call is about. */
export function setGeometry(routines: KernelRoutines, geometry: ConvGeometry, scratch: number): void {
  routines.setGeometry(
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
  );
}
