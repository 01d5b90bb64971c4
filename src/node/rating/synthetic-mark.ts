import { requireOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';

/** Whether pictures were drawn by a generator, and by which. */
export type SyntheticMark =
  | boolean
  | {
      /** Name of the generator: 1 to 200 Latin letters. */
      readonly generator: string;
    };

/**
 * The text chunks that a picture of generated samples carries. The last is the word of the IPTC for pictures that a trained
 * model made.
 *
 * See W3C, "Portable Network Graphics (PNG) Specification (Third Edition)" (2025), 11.3.3.2 tEXt; IPTC, "Digital Source Type
 * NewsCodes", http://cv.iptc.org/newscodes/digitalsourcetype
 */
export function syntheticText(where: string, mark: SyntheticMark): Record<string, string> | undefined {
  if (mark === false) return undefined;
  if (typeof mark === 'object' && mark !== null) requireOptions(where, mark, { generator: true }, 'synthetic');
  const generator = mark === true ? 'a generative model' : mark?.generator;
  // What tEXt can hold: Latin-1 without control characters.
  if (typeof generator !== 'string' || !/^[\x20-\x7e\xa1-\xff]{1,200}$/.test(generator)) {
    refuse(where, 'synthetic', 'be a boolean, or { generator } with a name of 1 to 200 Latin letters', generator);
  }
  return {
    Software: 'minimart',
    Synthetic: `Yes: holds pictures drawn by ${generator}.`,
    DigitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
  };
}
