import { refuse, requirePositiveInteger } from '../internal/require.js';

/** How long a run is: `epochs` or `steps`, one of them and not both, or it does not compile. */
export type RunLength =
  | {
      /** Passes over the data. Give either this or `steps`. */
      readonly epochs: number;
      /** Left out beside `epochs`. */
      readonly steps?: undefined;
    }
  | {
      /** Updates. Give either this or `epochs`. */
      readonly steps: number;
      /** Left out beside `steps`. */
      readonly epochs?: undefined;
    };

/** Checks a {@link RunLength}, for every trainer; callers without a compiler may give both, or neither. */
export function requireRunLength(
  where: string,
  { epochs, steps }: { readonly epochs?: number; readonly steps?: number },
): void {
  if (epochs !== undefined && steps !== undefined) refuse(where, 'steps', 'be left out beside `epochs`', steps);
  if (epochs === undefined && steps === undefined) refuse(where, 'epochs', 'be given, or else `steps`', epochs);
  if (epochs !== undefined) requirePositiveInteger(where, 'epochs', epochs);
  if (steps !== undefined) requirePositiveInteger(where, 'steps', steps);
}
