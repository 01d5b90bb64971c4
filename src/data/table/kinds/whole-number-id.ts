/**
 * Writes an id that a spreadsheet took for a number as a whole number again: `17850.0` as `17850`. Others stay as they
 * are.
 *
 * @param text - The id as it is written.
 * @returns The id without a fraction of zeros.
 * @example
 * ['17850.0', '17850', '1.5'].map(wholeNumberId); // ['17850', '17850', '1.5']
 */
export function wholeNumberId(text: string): string {
  return text.replace(/^(\d+)\.0*$/, '$1');
}
