import { refuse, requireFilled, requirePositiveInteger, requireSizes } from '../../internal/require.js';

/** Checks that a config asks for one kind of stack, and that convolutions meet images. */
export function requireStack(
  where: string,
  { hidden, filters, kernelSize }: { hidden?: unknown; filters?: unknown; kernelSize?: unknown },
  sampleShape: readonly number[],
  shapeName: string,
): void {
  if ((hidden === undefined) === (filters === undefined)) {
    refuse(where, 'hidden', 'be given, or else `filters`, and not both', hidden);
  }
  if (hidden !== undefined) requireSizes(where, 'hidden', hidden);
  if (filters === undefined) {
    if (kernelSize !== undefined) refuse(where, 'kernelSize', 'go with `filters` only', kernelSize);
    return;
  }
  requireSizes(where, 'filters', filters);
  requireFilled(where, 'filters', filters);
  requirePositiveInteger(where, 'kernelSize', kernelSize ?? 4);
  if (sampleShape.length !== 3) refuse(where, shapeName, 'be [height, width, channels] for `filters`', sampleShape);
}
