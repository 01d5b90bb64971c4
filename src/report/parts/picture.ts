import { requireGivenOptions } from '../../internal/options.js';
import { refuse, requireText } from '../../internal/require.js';
import { escapeHtml, oneLine } from '../page/escape-html.js';
import type { ReportPart } from './report.js';

/** What {@link picture} shows. */
export interface ReportPicture {
  /** A PNG file, such as `encodeImageGrid` of `minimart/node` gives; an animated one too. */
  readonly bytes: Uint8Array;
  /** What is on it, for those who do not see it; not empty. */
  readonly description: string;
  /** What stands under it. Default: nothing. */
  readonly caption?: string;
  /** The PNG file that stands in its place for readers who asked their system for less motion. Default: none. */
  readonly motionless?: Uint8Array;
}

/**
 * A picture as a part of a report; the page holds its bytes.
 *
 * @param options - The file and what to say of it.
 * @returns The part.
 * @throws RangeError when the bytes are no PNG file, or it is not said what is on it.
 * @example
 * const bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
 * picture({ bytes, description: 'A grid of 16 garments.' }).text; // '[A grid of 16 garments.]'
 */
export function picture(options: ReportPicture): ReportPart {
  const where = 'picture';
  requireGivenOptions(where, options, { bytes: true, description: true, caption: true, motionless: true });
  const { bytes, description, caption, motionless } = options;
  requireText(where, 'description', description);
  if (description.trim() === '') refuse(where, 'description', 'say what is on the picture', description);
  if (caption !== undefined) requireText(where, 'caption', caption);
  const image = `<img src="${dataAddress(where, 'bytes', bytes)}" alt="${escapeHtml(description)}">`;
  const shown = motionless
    ? `<picture><source media="(prefers-reduced-motion: reduce)" srcset="${dataAddress(where, 'motionless', motionless)}">${image}</picture>`
    : image;
  const words = caption === undefined ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`;
  return {
    html: `<figure>${shown}${words}</figure>`,
    text: `[${oneLine(description)}]${caption === undefined ? '' : ` ${oneLine(caption)}`}`,
  };
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function dataAddress(where: string, name: string, bytes: Uint8Array): string {
  const isPng = bytes instanceof Uint8Array && signature.every((byte, at) => bytes[at] === byte);
  if (!isPng) refuse(where, name, 'be the bytes of a PNG file', bytes);
  // In pieces: a call takes so many arguments only.
  const pieces = Array.from({ length: Math.ceil(bytes.length / 8192) }, (_, at) =>
    String.fromCharCode(...bytes.subarray(8192 * at, 8192 * (at + 1))),
  );
  return `data:image/png;base64,${btoa(pieces.join(''))}`;
}
