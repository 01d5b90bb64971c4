import { type TensorInfo, util } from '@tensorflow/tfjs-core';

/** Numbers in one row of `x`, after checking that there is one segment id for each row. */
export function rowSizeOfSegments(x: TensorInfo, segmentIds: TensorInfo): number {
  const [rows, ...rowShape] = x.shape;
  if (segmentIds.shape.length !== 1 || segmentIds.shape[0] !== rows) {
    const received = `[${segmentIds.shape}] for values of shape [${x.shape}]`;
    throw new Error(
      `UnsortedSegmentSum: \`segmentIds\` must hold one id for each row of values, received ${received}.`,
    );
  }
  return util.sizeFromShape(rowShape);
}
