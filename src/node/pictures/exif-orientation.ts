/**
 * How a camera was held, from 1 (upright) to 8, as its JPEG file says; 1 where it says nothing.
 *
 * @see CIPA, "Exchangeable image file format for digital still cameras: Exif Version 2.32" (2019), tag 0x0112
 */
export function exifOrientation(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Segments: a marker, then a length that counts itself.
  for (let at = 2; at + 4 <= view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xda) return 1;
    if (marker === 0xe1 && at + 18 <= view.byteLength && view.getUint32(at + 4) === 0x45786966) {
      return orientationOf(view, at + 10);
    }
  }
  return 1;
}

// A TIFF header and its first list of entries of 12 bytes each.
function orientationOf(view: DataView, start: number): number {
  const little = view.getUint16(start) === 0x4949;
  const list = start + view.getUint32(start + 4, little);
  if (list + 2 > view.byteLength) return 1;
  const count = view.getUint16(list, little);
  for (let entry = list + 2; entry < list + 2 + 12 * count && entry + 12 <= view.byteLength; entry += 12) {
    if (view.getUint16(entry, little) !== 0x0112) continue;
    const found = view.getUint16(entry + 8, little);
    return found >= 1 && found <= 8 ? found : 1;
  }
  return 1;
}

/** Whether a picture lies on its side. */
export function isSideways(orientation: number): boolean {
  return orientation >= 5;
}

/**
 * Turns a picture upright.
 *
 * @param pixels - `[height, width, channels]` as they lie in the file.
 * @param height - Of what is returned.
 * @param width - Of what is returned.
 */
export function turnUpright(
  pixels: Float64Array,
  orientation: number,
  { height, width, channels }: { readonly height: number; readonly width: number; readonly channels: number },
): Float64Array {
  if (orientation === 1) return pixels;
  const stored = isSideways(orientation) ? { height: width, width: height } : { height, width };
  const turned = new Float64Array(pixels.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [row, column] = placeOf(orientation, y, x, stored);
      const from = (row * stored.width + column) * channels;
      turned.set(pixels.subarray(from, from + channels), (y * width + x) * channels);
    }
  }
  return turned;
}

// Where in the file the pixel lies that is seen at (y, x): 2 to 4 turn and mirror, 5 to 8 do so after a transposition.
function placeOf(
  orientation: number,
  y: number,
  x: number,
  { height, width }: { readonly height: number; readonly width: number },
): readonly [row: number, column: number] {
  const [bottom, right] = [height - 1, width - 1];
  switch (orientation) {
    case 2:
      return [y, right - x];
    case 3:
      return [bottom - y, right - x];
    case 4:
      return [bottom - y, x];
    case 5:
      return [x, y];
    case 6:
      return [bottom - x, y];
    case 7:
      return [bottom - x, right - y];
    default:
      return [x, right - y];
  }
}
