/** Lets the event loop turn, and stops for a signal. */
export type Pause = () => Promise<void>;

/** A picture that is read row by row. */
export interface PictureRows {
  readonly width: number;
  readonly height: number;
  /** Writes row `y` as red, green and blue from 0 to 255, `3 * width` numbers. */
  read(y: number, into: Float64Array): void;
}

/** What pictures are brought to. */
export interface PictureShape {
  readonly height: number;
  readonly width: number;
  /** 1 grey, 3 colour. */
  readonly channels: 1 | 3;
  /** Whether what does not fit is cut off on both sides, rather than pressed together. */
  readonly crop: boolean;
}

/**
 * Brings a picture to a size: each pixel is the mean of the area that it covers of the original; where that is smaller, pixels
 * are repeated.
 *
 * @returns `[height, width, channels]`, from 0 to 255; grey is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601).
 */
export async function fitPicture(picture: PictureRows, shape: PictureShape, pause: Pause): Promise<Float64Array> {
  const { height, width, channels, crop } = shape;
  const scale = Math.min(picture.width / width, picture.height / height);
  const [across, down] = crop ? [scale, scale] : [picture.width / width, picture.height / height];
  const left = (picture.width - across * width) / 2;
  const top = (picture.height - down * height) / 2;
  const columns = Array.from({ length: width }, (_, x) => spanOf(left + x * across, across, picture.width));
  const source = new Float64Array(3 * picture.width);
  const fitted = new Float64Array(height * width * channels);
  for (let y = 0; y < height; y += 1) {
    const row = new Float64Array(3 * width);
    const { first, weights } = spanOf(top + y * down, down, picture.height);
    for (const [place, weight] of weights.entries()) {
      picture.read(first + place, source);
      addRow(row, source, columns, weight);
      await pause();
    }
    for (let x = 0; x < width; x += 1) writePixel(fitted, (y * width + x) * channels, row, 3 * x, channels);
  }
  return fitted;
}

interface Span {
  readonly first: number;
  /** What share of the area each pixel has, from `first` on. */
  readonly weights: readonly number[];
}

function spanOf(from: number, length: number, size: number): Span {
  // Sums of fractions may end a hair outside.
  const start = Math.max(0, from);
  const end = Math.min(size, from + length);
  const first = Math.min(Math.floor(start), size - 1);
  const last = Math.max(first + 1, Math.ceil(end));
  const weights = Array.from({ length: last - first }, (_, place) => {
    const pixel = first + place;
    return Math.max(0, Math.min(pixel + 1, end) - Math.max(pixel, start)) / (end - start);
  });
  return { first, weights };
}

function addRow(row: Float64Array, source: Float64Array, columns: readonly Span[], weight: number): void {
  columns.forEach(({ first, weights }, x) => {
    for (let place = 0; place < weights.length; place += 1) {
      const share = weight * weights[place]!;
      const at = 3 * (first + place);
      row[3 * x]! += share * source[at]!;
      row[3 * x + 1]! += share * source[at + 1]!;
      row[3 * x + 2]! += share * source[at + 2]!;
    }
  });
}

function writePixel(into: Float64Array, at: number, from: Float64Array, place: number, channels: 1 | 3): void {
  const [red, green, blue] = [from[place]!, from[place + 1]!, from[place + 2]!];
  if (channels === 1) into[at] = 0.299 * red + 0.587 * green + 0.114 * blue;
  else into.set([red, green, blue], at);
}
