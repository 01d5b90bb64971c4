import type { PictureRows } from '../../data/pictures/fit-picture.js';

/** Pixels as a decoder gives them. */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  /** Of fewer than 8 bits several in a byte, each row beginning with a byte of its own. */
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
  /** Bits of a number: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  /** 1 grey, 2 grey with opacity, 3 colour, 4 colour with opacity. */
  readonly channels: number;
  /** The one colour that stands for nothing at all. */
  readonly transparency?: Uint16Array | undefined;
}

/** Rows of a picture in red, green and blue; what shines through is white. */
export function pictureRows(picture: DecodedPicture): PictureRows {
  const { width, height, depth, channels, transparency } = picture;
  const numberAt = reader(picture);
  const unit = 255 / (2 ** depth - 1);
  const isColour = channels > 2;
  const hasOpacity = channels === 2 || channels === 4;
  const isClear = (y: number, first: number): boolean =>
    transparency?.every((value, channel) => numberAt(y, first + channel) === value) ?? false;
  return {
    width,
    height,
    read(y, into) {
      for (let x = 0; x < width; x += 1) {
        const first = x * channels;
        let opacity = hasOpacity ? numberAt(y, first + channels - 1) * unit : 255;
        if (isClear(y, first)) opacity = 0;
        for (let colour = 0; colour < 3; colour += 1) {
          const value = numberAt(y, first + (isColour ? colour : 0)) * unit;
          into[3 * x + colour] = 255 + ((value - 255) * opacity) / 255;
        }
      }
    },
  };
}

function reader({ data, width, depth, channels }: DecodedPicture): (y: number, place: number) => number {
  const inRow = width * channels;
  if (depth >= 8) return (y, place) => data[y * inRow + place]!;
  const rowBytes = Math.ceil((inRow * depth) / 8);
  const mask = 2 ** depth - 1;
  return (y, place) => {
    const bit = place * depth;
    return (data[y * rowBytes + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask;
  };
}
